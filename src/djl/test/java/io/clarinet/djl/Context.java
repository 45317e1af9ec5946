package io.clarinet.djl;

import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.translate.TranslatorContext;
import java.util.HashMap;
import java.util.Map;

/** What a predictor gives a translator, without one. */
record Context(NDManager manager, Map<String, Object> attachments) implements TranslatorContext {
  Context(NDManager manager) {
    this(manager, new HashMap<>());
  }

  @Override
  public Model getModel() {
    return null; // translators with their own synset ask for no more
  }

  @Override
  public NDManager getNDManager() {
    return manager;
  }

  @Override
  public NDManager getPredictorManager() {
    return manager;
  }

  @Override
  public Block getBlock() {
    throw new UnsupportedOperationException("no block");
  }

  @Override
  public Metrics getMetrics() {
    throw new UnsupportedOperationException("no metrics");
  }

  @Override
  public Object getAttachment(String key) {
    return attachments.get(key);
  }

  @Override
  public void setAttachment(String key, Object value) {
    attachments.put(key, value);
  }

  @Override
  public void close() {}
}
