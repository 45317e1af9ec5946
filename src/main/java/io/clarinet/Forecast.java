package io.clarinet;

import io.clarinet.engine.DevicePlanner;
import io.clarinet.engine.GraphInputs;
import io.clarinet.engine.Specialisation;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.pass.Passes;
import io.clarinet.report.Explanation;
import io.clarinet.report.Reports;
import io.clarinet.tensor.Shape;
import java.util.List;

/** The plan that a model would have on a device that need not be here. */
record Forecast(Graph model, SessionOptions options) {

  /**
   * Plans, and neither builds nor packs anything.
   *
   * @param shapes of the inputs, in declared order
   * @throws IllegalArgumentException as {@link Session#explain}
   */
  Explanation on(DeviceProfile device, List<Shape> shapes) {
    new GraphInputs(model).checkShapes(shapes);
    Specialisation specialisation = new Specialisation(model);
    Specialisation.Key key = specialisation.key(shapes, "explaining");
    Passes.Result passed = options.passes().trace(specialisation.graph(key));
    DevicePlanner planner = DevicePlanner.of(device);
    Graph split = planner.split(passed.graph());
    return Reports.explanation(model.name(), device.name(), passed, split, planner.plan(split));
  }
}
