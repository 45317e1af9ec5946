package io.clarinet.spark;

import io.clarinet.Device;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The models that are open in this JVM, each of them once, shared by its tasks. One stays open
 * after its last task, for the next, until another is opened.
 */
final class OpenModels {
  private static final Map<Recipe, Shared> OPEN = new HashMap<>();

  private OpenModels() {}

  /** A model and how many tasks have it. */
  private static final class Shared {
    final OpenModel model;
    int users;

    Shared(OpenModel model) {
      this.model = model;
    }
  }

  /** A model for the task that this thread runs, up to its end. */
  static OpenModel forTask(Recipe recipe) throws IOException {
    Shared shared = borrow(recipe);
    TaskContext task = TaskContext.get();
    if (task != null) { // the optimiser may call a function of SQL outside of tasks
      task.addTaskCompletionListener((TaskCompletionListener) ended -> giveBack(shared));
    }
    return shared.model;
  }

  private static synchronized Shared borrow(Recipe recipe) throws IOException {
    Shared shared = OPEN.get(recipe);
    if (shared == null) {
      closeUnused();
      shared = new Shared(open(recipe));
      OPEN.put(recipe, shared);
    }
    shared.users++;
    return shared;
  }

  private static synchronized void giveBack(Shared shared) {
    shared.users--;
  }

  private static void closeUnused() {
    for (Iterator<Shared> all = OPEN.values().iterator(); all.hasNext(); ) {
      Shared shared = all.next();
      if (shared.users == 0) {
        shared.model.close();
        all.remove();
      }
    }
  }

  private static OpenModel open(Recipe recipe) throws IOException {
    ClassifyOptions options = recipe.options();
    Device device = options.device() == null ? Device.standard() : Device.find(options.device());
    return OpenModel.open(recipe.place().find(options), options, device);
  }

  /** How many are open. */
  static synchronized int count() {
    return OPEN.size();
  }
}
