package io.clarinet.importer.pytorch;

import static io.clarinet.importer.pytorch.SampleCheckpoints.dtype;
import static io.clarinet.importer.pytorch.SampleCheckpoints.number;
import static io.clarinet.importer.pytorch.SampleCheckpoints.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.importer.ModelFormatException;
import io.clarinet.tensor.Constant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What training scripts keep beside the weights is passed over, and nothing of it is made. */
class CheckpointTest {
  private static Map<String, Constant> read(PickleWriter pickle) {
    return PyTorchFile.of(Path.of("c.pth"), ByteBuffer.wrap(SampleCheckpoints.file(pickle)))
        .tensors();
  }

  private static Map<String, Constant> beside(Consumer<PickleWriter> other) {
    PickleWriter pickle = new PickleWriter().proto().emptyDict().mark().text("other");
    other.accept(pickle);
    weights(pickle.text("model"), "w", 2);
    return read(pickle.text("epoch").integer(7).setItems());
  }

  private static void requirePassedOver(Consumer<PickleWriter> other) {
    Map<String, Constant> read = beside(other);
    assertThat(read).containsOnlyKeys("w");
    assertThat(read.get("w").tensor().toFloatArray()).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"numpy.core.multiarray", "numpy._core.multiarray"})
  void aNumberOfNumpyIsPassedOver(String module) {
    requirePassedOver(
        pickle -> {
          dtype(pickle.global(module, "scalar").mark());
          pickle.global("_codecs", "encode").mark().text("12345678").text("latin1").tuple();
          pickle.reduce().tuple().reduce();
        });
    requirePassedOver(
        pickle -> {
          dtype(pickle.global(module, "scalar").mark());
          pickle.raw('C', 8).raw(new byte[8]).tuple().reduce();
        });
  }

  @Test
  void aNamespaceIsPassedOver() {
    requirePassedOver(
        pickle -> {
          pickle.global("argparse", "Namespace").raw(')', 0x81);
          pickle.emptyDict().mark().text("lr").raw('G').raw(new byte[8]);
          pickle.text("out").global("pathlib", "PosixPath").text("runs").raw(0x85).reduce();
          pickle.setItems().raw('b');
        });
  }

  @Test
  void aDateIsPassedOver() {
    requirePassedOver(
        pickle ->
            pickle
                .global("datetime", "datetime")
                .raw('C', 10)
                .raw(new byte[10])
                .raw(0x85)
                .reduce());
  }

  @Test
  void anObjectOfAClassThatNobodyKnowsIsPassedOver() {
    requirePassedOver(
        pickle -> {
          pickle.global("__main__", "AverageMeter").raw(')', 0x81);
          pickle.emptyDict().mark().text("sum").integer(3).setItems().raw('b');
        });
  }

  @Test
  void setsAndBytesArePassedOver() {
    requirePassedOver(pickle -> pickle.raw(0x8f, '(').integer(1).raw(0x90));
    requirePassedOver(pickle -> pickle.raw('(').integer(1).raw(0x91));
    requirePassedOver(pickle -> pickle.raw('B').raw(PickleWriter.little(4, 3)).raw(1, 2, 3));
    requirePassedOver(pickle -> pickle.global("builtins", "set").raw(']', 0x85).reduce());
  }

  @Test
  void anOptimizersStateIsPassedOver() {
    requirePassedOver(
        pickle -> {
          pickle.emptyDict().mark().text("state").emptyDict().mark().integer(0);
          number(pickle.emptyDict().text("exp_avg"), 1).raw('s').setItems();
          pickle.text("param_groups").raw(']').emptyDict().text("lr").integer(1).raw('s', 'a');
          pickle.setItems();
        });
  }

  @Test
  void aTypeOfNumbersIsPassedOver() {
    requirePassedOver(pickle -> pickle.global("torch", "float16"));
    requirePassedOver(pickle -> pickle.global("torch", "device").text("cuda").raw(0x85).reduce());
  }

  @Test
  void keysOfOtherTypesArePassedOver() {
    requirePassedOver(pickle -> pickle.emptyDict().integer(1).raw(0x85).integer(2).raw('s'));
  }

  @ParameterizedTest
  @CsvSource({"os, system", "builtins, eval", "builtins, getattr", "__main__, make", "torch, load"})
  void aCallOfAFunctionThatMightDoAnythingIsRefusedWhereverItStands(String module, String name) {
    assertThatThrownBy(() -> beside(p -> p.global(module, name).text("id").raw(0x85).reduce()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("refused: " + module + "." + name);
  }

  @Test
  void aWholeModelIsRefusedByItsName() {
    PickleWriter model = new PickleWriter().proto().global("torchvision.models.resnet", "ResNet");
    model.raw(')', 0x81).emptyDict().raw('b');
    assertThatThrownBy(() -> read(model))
        .hasMessageContaining("refused: torchvision.models.resnet.ResNet; clarinet reads only");
    PickleWriter within = new PickleWriter().proto().emptyDict().text("model");
    within.global("models.yolo", "Model").raw(')', 0x81).emptyDict().raw('b', 's');
    assertThatThrownBy(() -> read(within)).hasMessageContaining("refused: models.yolo.Model");
  }

  @Test
  void aLossThatIsATensorIsNotTakenForTheWeights() {
    PickleWriter pickle = new PickleWriter().proto().emptyDict().mark();
    number(pickle.text("best_acc1"), 1);
    weights(pickle.text("state_dict"), "w", 3);
    assertThat(read(pickle.setItems())).containsOnlyKeys("w");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model_ema", "state_dict_ema", "ema"})
  void runningAveragesAreTakenBeforeTheLastWeights(String key) {
    PickleWriter pickle = new PickleWriter().proto().emptyDict().mark();
    weights(pickle.text("model"), "w", 1);
    weights(pickle.text(key), "w", 3);
    Map<String, Constant> read = read(pickle.setItems());
    assertThat(read.get("w").tensor().toFloatArray()).containsExactly(3);
  }

  @Test
  void aParameterOfAClassOfItsOwnIsATensor() {
    PickleWriter pickle = new PickleWriter().proto().emptyDict().text("w");
    pickle.global("torch._tensor", "_rebuild_from_type_v2").mark();
    pickle.global("torch._utils", "_rebuild_parameter").global("__main__", "Tagged").mark();
    number(pickle, 2).raw(0x88).orderedDict().tuple().emptyDict().tuple().reduce().raw('s');
    assertThat(read(pickle).get("w").tensor().toFloatArray()).containsExactly(2);
  }

  /** A module of a TorchScript program, with one tensor and perhaps another module. */
  private static void module(PickleWriter pickle, int value, Consumer<PickleWriter> inner) {
    pickle.global("__torch__.torch.nn.modules.conv", "Conv2d").raw(')', 0x81).emptyDict().mark();
    pickle.text("training").raw(0x89);
    number(pickle.text("weight"), value);
    inner.accept(pickle);
    pickle.setItems().raw('b');
  }

  @Test
  void theParametersOfATorchScriptProgramHaveTheNamesOfItsModules() {
    PickleWriter pickle = new PickleWriter().proto();
    module(pickle, 1, p -> module(p.text("layer1"), 2, q -> module(q.text("0"), 3, x -> {})));
    Map<String, Constant> read =
        PyTorchFile.of(Path.of("s.pt"), ByteBuffer.wrap(SampleCheckpoints.program(pickle)))
            .tensors();
    assertThat(read).containsOnlyKeys("weight", "layer1.weight", "layer1.0.weight");
    assertThat(read.get("layer1.0.weight").tensor().toFloatArray()).containsExactly(3);
  }

  @Test
  void aProgramWhoseModulesHoldThemselvesIsRefused() {
    PickleWriter pickle = new PickleWriter().proto();
    pickle.global("__torch__.M", "M").raw(')', 0x81).put(0).emptyDict().mark();
    pickle.text("a").get(0).text("b").get(0).setItems().raw('b');
    assertThatThrownBy(
            () ->
                PyTorchFile.of(Path.of("s.pt"), ByteBuffer.wrap(SampleCheckpoints.program(pickle))))
        .hasMessageContaining("without end");
  }

  @Test
  void aFrozenProgramSaysWhatToDo() {
    PickleWriter pickle = new PickleWriter().proto();
    pickle.global("__torch__.M", "M").raw(')', 0x81).emptyDict().raw('b');
    assertThatThrownBy(
            () ->
                PyTorchFile.of(Path.of("s.pt"), ByteBuffer.wrap(SampleCheckpoints.program(pickle))))
        .hasMessageContainingAll("torch.jit.freeze", "ONNX");
  }

  @Test
  void bytesThatLieAboutTheirLengthAreRefused() {
    byte[] huge = "\u00ff\u00ff\u00ff\u007f".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> beside(p -> p.raw('B').raw(huge)))
        .hasMessageContaining("lies about a length");
  }
}
