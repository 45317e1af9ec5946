package io.clarinet.selftest;

/** Where plans of cases run. */
interface Site extends AutoCloseable {

  /**
   * Begins to compile what a plan that is still being made will run. What fails here fails in that
   * run too, which tells it.
   *
   * @param chain the text of a chain
   */
  default void expect(String chain) {}

  /**
   * Runs a plan.
   *
   * @throws NoSiteException if nothing can be run there
   */
  Outcome run(CasePlan cases);

  @Override
  void close();
}
