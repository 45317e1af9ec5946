package io.clarinet.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNamesTest {
  private static final List<String> KNOWN =
      List.of("conv1", "pool5/7x7_s1", "pool5/7x7_s1_drop", "loss3/classifier", "prob", "y", "");

  @ParameterizedTest
  @CsvSource({
    "prop, prob",
    "PROB, prob",
    "conv2, conv1",
    "cnov1, conv1",
    "porb, prob",
    "pool5/7x7, pool5/7x7_s1|pool5/7x7_s1_drop",
    "pool5/7x7_s2, pool5/7x7_s1",
    "loss3_clasifier, loss3/classifier",
    "classifier, loss3/classifier",
    "x, y",
    "zebra, ''",
    "'', y"
  })
  void whatIsMeantIsFound(String wanted, String near) {
    assertThat(String.join("|", NearNames.of(wanted, KNOWN))).isEqualTo(near);
  }

  @Test
  void whatIsFartherThanTheNearestIsNotMeant() {
    assertThat(NearNames.of("resnet5O", List.of("resnet18", "resnet50", "resnet34")))
        .containsExactly("resnet50");
  }

  @Test
  void threeAreEnoughAndTheNearestComeFirst() {
    List<String> many = List.of("layer40", "layer4000", "layer4", "layer400", "later4");
    assertThat(NearNames.of("layer4", many)).containsExactly("layer4", "layer40", "layer400");
    assertThat(NearNames.text("layer4", many))
        .isEqualTo("; near it are \"layer4\", \"layer40\", \"layer400\"");
    assertThat(NearNames.text("zebra", many)).isEmpty();
  }
}
