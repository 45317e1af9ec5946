package io.clarinet.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.kernel.ArrayPacking;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ScaledRows;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackingRoomTest {
  private final Random random = Fresh.random();
  private final PackingRoom room = new PackingRoom();

  private record Nothing() implements ArrayPacking {
    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public void pack(List<Tensor> sources, float[] packed, int at) {}
  }

  private Constant scaled(int rows) {
    return new ScaledRows(TestTensors.random(random, rows, 3), new float[rows]);
  }

  private static PackedConstant constant(Constant... sources) {
    return new PackedConstant(List.of(sources), new Nothing());
  }

  @Test
  void constantsAreMadeInTheSameMemory() {
    Tensor first = room.sources(constant(scaled(5))).get(0);
    Tensor second = room.sources(constant(scaled(4))).get(0);
    first.set(2, 7);
    assertThat(second.doubleAt(2)).isEqualTo(7);
  }

  @Test
  void aLargerConstantHasLargerMemory() {
    room.sources(constant(scaled(2)));
    assertThat(room.sources(constant(scaled(9))).get(0).shape().dim(0)).isEqualTo(9);
  }

  @Test
  void sourcesOfOneConstantLieApart() {
    List<Tensor> both = room.sources(constant(scaled(5), scaled(5)));
    both.get(0).set(2, 7);
    assertThat(both.get(1).doubleAt(2)).isZero();
  }

  @Test
  void whatExistsIsTakenAsItIs() {
    Tensor tensor = TestTensors.random(random, 2, 3);
    assertThat(room.sources(constant(tensor)).get(0)).isSameAs(tensor);
  }
}
