package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final String RED = "src/test/resources/faults/classify/red.png";

  @Test
  void bothPartsAreMeasuredAlone() throws IOException {
    Model model = Model.bundled();
    try (Session session = model.open(Device.cpu())) {
      LabelQuestion question = LabelQuestion.of(Classifier.of(model, session), 1);
      List<String> names = Collections.nCopies(40, RED);
      PictureBatches batches = PictureBatches.of(session, question, 8, names.size());
      Pace pace = Pace.measure(batches, names, 0.01);
      assertThat(pace.reading()).isPositive();
      assertThat(pace.network()).isPositive();
    }
  }

  @Test
  void togetherTheyAreSlowerThanEach() {
    Pace pace = new Pace(60, 30);
    assertThat(pace.together()).isCloseTo(20, Offset.offset(1e-9));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    pace.print(new Console(OutputStream.nullOutputStream(), errors), 8, 19);
    assertThat(errors.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "clarinet: pictures/s: 60.0 read and decoded by all cores alone, 30.0 by the network"
                + " alone at batch 8, so 20.0 one after the other; these were 19.0 (95 %).\n");
  }
}
