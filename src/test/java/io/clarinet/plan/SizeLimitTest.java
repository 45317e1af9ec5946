package io.clarinet.plan;

import static io.clarinet.importer.onnx.ModelWriter.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.TestProfile;
import io.clarinet.graph.Graph;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.onnx.ModelWriter;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.jvm.JvmKernels;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.pass.Passes;
import io.clarinet.tensor.Npy;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators that make much of little, asked for more than the device holds. */
class SizeLimitTest {
  private static final Path FAULTS = Path.of("src/test/resources/faults");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long HUGE = 1 << 30;
  private static final long MAX_BYTES = 1 << 30;
  private static final long MAX_ALLOCATED = 16 << 20;

  @TempDir Path folder;

  /** A node "big" that reads x, 1x1x2x2. */
  private enum Blowup {
    PAD {
      @Override
      ModelWriter write(ModelWriter model) {
        return model
            .initializer("p", longs(0, 0, 0, 0, 0, 0, 0, HUGE))
            .node("Pad", "big", List.of("x", "p"));
      }
    },
    EXPAND {
      @Override
      ModelWriter write(ModelWriter model) {
        return model
            .initializer("s", longs(HUGE, 1, 2, 2))
            .node("Expand", "big", List.of("x", "s"));
      }
    },
    TILE {
      @Override
      ModelWriter write(ModelWriter model) {
        return model.initializer("r", longs(1, HUGE, 1, 1)).node("Tile", "big", List.of("x", "r"));
      }
    },
    RESIZE {
      @Override
      ModelWriter write(ModelWriter model) {
        return model
            .initializer("s", longs(1, 1, 2, HUGE))
            .node("Resize", "big", List.of("x", "", "", "s"));
      }
    },
    CONV_TRANSPOSE {
      @Override
      ModelWriter write(ModelWriter model) {
        return model
            .initializer("w", Tensor.zeros(Shape.of(1, 1, 1, 1)))
            .node("ConvTranspose", "big", List.of("x", "w"), ints("strides", 1, HUGE));
      }
    },
    PADDED_CONV {
      @Override
      ModelWriter write(ModelWriter model) {
        return model
            .initializer("w", Tensor.zeros(Shape.of(1, 1, 1, 1)))
            .node("Conv", "big", List.of("x", "w"), ints("pads", 0, HUGE, 0, 0));
      }
    },
    FILLED_SUM {
      @Override
      ModelWriter write(ModelWriter model) {
        return model
            .initializer("s", longs(HUGE, 1, 1, 1))
            .node("ConstantOfShape", "f", List.of("s"))
            .node("Add", "big", List.of("x", "f"));
      }
    },
    EMPTY_ROWS {
      @Override
      ModelWriter write(ModelWriter model) {
        return model
            .initializer("p", longs(0, 0, -2, 0, 0, 0, 0, HUGE))
            .node("Pad", "big", List.of("x", "p"));
      }
    },
    RANGE {
      @Override
      ModelWriter write(ModelWriter model) {
        return model
            .initializer("a", Tensor.of(Shape.of(), 0))
            .initializer("b", Tensor.of(Shape.of(), (float) HUGE))
            .initializer("c", Tensor.of(Shape.of(), 1))
            .node("Range", "big", List.of("a", "b", "c"))
            .node("Relu", "other", List.of("x"));
      }
    };

    abstract ModelWriter write(ModelWriter model);
  }

  private static Tensor longs(long... values) {
    return Tensor.ofLongs(Shape.of(values.length), values);
  }

  private static DeviceProfile profile(DeviceProfile.Kind kind) {
    return new TestProfile().kind(kind).largestBytes(MAX_BYTES).make();
  }

  @ParameterizedTest
  @EnumSource
  void isAskedBeforeAnythingIsMade(Blowup blowup) throws IOException {
    ModelWriter model = new ModelWriter(13).input("x", 1, 1, 2, 2);
    Path file =
        blowup.write(model).node("ReduceSum", "y", List.of("big")).output("y").write(folder);
    requireRefusal(file, new Planner(JvmKernels.best()), DeviceProfile.Kind.JVM);
    requireRefusal(file, new Planner(OpenClKernels.table()), DeviceProfile.Kind.CPU);
    requireRefusal(
        file,
        new Planner(op -> List.of(), OpenClKernels.table()::reorders, op -> op::reference),
        DeviceProfile.Kind.GPU);
  }

  private static void requireRefusal(Path file, Planner planner, DeviceProfile.Kind kind) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    PlanException e =
        catchThrowableOfType(
            PlanException.class,
            () -> {
              Graph graph = ModelFile.read(file, Limits.DEFAULT);
              planner.plan(Passes.standard().apply(graph), profile(kind));
            });
    assertThat(e)
        .hasMessageContaining("node \"big\"")
        .hasMessageContaining("1,073,741,824 at once")
        .hasMessageMatching(".*[0-9],[0-9]{3},[0-9]{3},[0-9]{3} bytes.*");
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_ALLOCATED);
  }

  @Test
  void aResultThatNoTensorHoldsIsRefusedOnAnyDevice() throws IOException {
    Model model = Model.load(FAULTS.resolve("fault-pad-2e30.onnx"));
    Tensor x = Npy.read(FAULTS.resolve("fault-x-1x4.npy"));
    try (Session session = model.open(Device.cpu())) {
      assertThatThrownBy(() -> session.run(x))
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("output \"y\" is FLOAT32 1073741825x1073741828, 4,6");
    }
  }
}
