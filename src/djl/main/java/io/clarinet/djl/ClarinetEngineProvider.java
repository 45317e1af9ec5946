package io.clarinet.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;

/**
 * Offers Clarinet to DJL, which finds this class by itself: {@code Criteria.optEngine("Clarinet")}
 * asks for it where another engine is on the class path too.
 */
public final class ClarinetEngineProvider implements EngineProvider {

  /** The one that DJL makes. */
  public ClarinetEngineProvider() {}

  /** The name by which programs ask for this engine, {@code Clarinet}. */
  @Override
  public String getEngineName() {
    return ClarinetEngine.NAME;
  }

  /** The place among DJL's engines, behind those that also train. */
  @Override
  public int getEngineRank() {
    return ClarinetEngine.RANK;
  }

  /** The engine, the same at each call. */
  @Override
  public Engine getEngine() {
    return ClarinetEngine.ONE;
  }
}
