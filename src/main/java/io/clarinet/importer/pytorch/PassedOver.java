package io.clarinet.importer.pytorch;

import java.util.Set;

/**
 * An object that is not made: of a type, or what a function would give. It stands where training
 * scripts keep more than weights; whatever is put into it is dropped.
 *
 * @param name module and name of the type or function, as the file has them
 */
record PassedOver(String name) {
  /** Modules whose functions only make values, such as {@code numpy.core.multiarray.scalar}. */
  private static final Set<String> MODULES =
      Set.of(
          "argparse",
          "collections",
          "datetime",
          "decimal",
          "fractions",
          "numpy",
          "omegaconf",
          "pathlib",
          "uuid",
          "zoneinfo");

  /** Other functions that do, and what may stand for a type in a call. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "_codecs.encode",
          "copyreg._reconstructor",
          "copy_reg._reconstructor",
          "torch.device",
          "torch.Generator",
          "torch.torch_version.TorchVersion",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_doublelist",
          "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_tensorlist",
          "torch.jit._pickle.restore_type_tag",
          "torch.serialization._get_layout");

  /** Python's own types, under the names of its second and third version. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "bool",
          "bytearray",
          "bytes",
          "complex",
          "dict",
          "float",
          "frozenset",
          "int",
          "list",
          "object",
          "range",
          "set",
          "slice",
          "str",
          "tuple");

  /**
   * What a call of it gives.
   *
   * @throws RefusedException if it is a function that might do anything
   */
  PassedOver called() throws RefusedException {
    if (!FUNCTIONS.contains(name) && !isBuiltIn() && !MODULES.contains(outermostModule())) {
      throw new RefusedException(name);
    }
    return this;
  }

  private boolean isBuiltIn() {
    int dot = name.indexOf('.');
    String module = name.substring(0, Math.max(0, dot));
    return (module.equals("builtins") || module.equals("__builtin__"))
        && BUILT_IN.contains(name.substring(dot + 1));
  }

  private String outermostModule() {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** Whether it is a type of a TorchScript program, whose objects are modules with parameters. */
  boolean isModule() {
    return name.startsWith("__torch__.");
  }
}
