package io.clarinet.importer.keras;

import io.clarinet.op.Binary;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.MatMul;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fully connected layers, which work on the model's last axis. */
final class KerasProducts {
  private KerasProducts() {}

  static void register(Map<String, LayerTranslator> table) {
    table.put("Dense", KerasProducts::dense);
  }

  private static Value dense(KerasLayer layer) {
    boolean bias = layer.config().flag("use_bias", true);
    Value x = layer.to().plain(layer.input());
    String w = layer.weight("kernel", kernel -> kernel, "W");
    if (x.rank() == 2) {
      Dense op = new Dense(false, bias ? Epilogue.BIAS : Epilogue.NONE);
      List<String> inputs = new ArrayList<>(List.of(x.name(), w));
      if (bias) {
        inputs.add(bias(layer));
      }
      return layer.activated(op, x, inputs);
    }
    if (!bias) {
      return layer.activated(new MatMul(), x, List.of(x.name(), w));
    }
    Value product = layer.to().add(layer.name() + "/product", new MatMul(), x, w);
    return layer.activated(Binary.ADD, x, List.of(product.name(), bias(layer)));
  }

  private static String bias(KerasLayer layer) {
    return layer.weight("bias", bias -> bias, "b");
  }
}
