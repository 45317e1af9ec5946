package io.clarinet;

import io.clarinet.engine.Specialisation;
import io.clarinet.graph.Graph;
import io.clarinet.pass.Passes;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model's graphs of concrete shapes after all passes: what is planned. */
final class LeanGraphs {
  private static final Logger LOG = LoggerFactory.getLogger(LeanGraphs.class);

  private final Graph model;
  private final Specialisation specialisation;
  private final Passes passes;

  /** What was made to choose a device by, until the first plan is made, whatever it is for. */
  private final Map<Specialisation.Key, Graph> ahead = new ConcurrentHashMap<>();

  LeanGraphs(Graph model, Specialisation specialisation, Passes passes) {
    this.model = model;
    this.specialisation = specialisation;
    this.passes = passes;
  }

  /** The graph of a key. */
  Graph of(Specialisation.Key key) {
    Graph made = ahead.remove(key);
    ahead.clear();
    return made == null ? passes.apply(specialisation.graph(key)) : made;
  }

  /** The graph at a batch of one; null where inputs' values decide shapes, or none is known. */
  @Nullable Graph smallest() {
    List<Shape> shapes = AutoChoice.smallest(model.inputs());
    try {
      Specialisation.Key key = specialisation.key(shapes, "comparing devices");
      Graph made = passes.apply(specialisation.graph(key));
      ahead.put(key, made);
      return made;
    } catch (IllegalArgumentException e) {
      LOG.debug("{}: devices are not compared: {}", model.name(), e.getMessage());
      return null;
    }
  }
}
