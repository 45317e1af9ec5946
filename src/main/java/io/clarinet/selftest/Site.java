package io.clarinet.selftest;

/** Where plans of cases run. */
interface Site extends AutoCloseable {

  /**
   * Runs a plan.
   *
   * @throws NoSiteException if nothing can be run there
   */
  Outcome run(CasePlan cases);

  @Override
  void close();
}
