package io.clarinet.importer.pytorch;

import io.clarinet.tensor.ElementType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types and functions that are known; all others are {@link PassedOver}, or refused. */
enum Global {
  ORDERED_DICT("collections.OrderedDict"),
  DEFAULT_DICT("collections.defaultdict"),
  SIZE("torch.Size"),
  REBUILD_TENSOR("torch._utils._rebuild_tensor"),
  REBUILD_TENSOR_V2("torch._utils._rebuild_tensor_v2"),
  REBUILD_PARAMETER("torch._utils._rebuild_parameter"),
  REBUILD_PARAMETER_WITH_STATE("torch._utils._rebuild_parameter_with_state"),
  REBUILD_FROM_TYPE("torch._tensor._rebuild_from_type_v2"),
  FLOAT("torch.FloatStorage", ElementType.FLOAT32),
  DOUBLE("torch.DoubleStorage", ElementType.FLOAT64),
  HALF("torch.HalfStorage", ElementType.FLOAT16),
  BFLOAT16("torch.BFloat16Storage", ElementType.BFLOAT16),
  LONG("torch.LongStorage", ElementType.INT64),
  INT("torch.IntStorage", ElementType.INT32),
  SHORT("torch.ShortStorage", ElementType.INT16),
  CHAR("torch.CharStorage", ElementType.INT8),
  BYTE("torch.ByteStorage", ElementType.UINT8),
  BOOL("torch.BoolStorage", ElementType.BOOL);

  private static final Map<String, Global> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(g -> g.qualifiedName, Function.identity()));

  private final String qualifiedName;
  private final @Nullable ElementType storage;

  Global(String qualifiedName) {
    this(qualifiedName, null);
  }

  Global(String qualifiedName, @Nullable ElementType storage) {
    this.qualifiedName = qualifiedName;
    this.storage = storage;
  }

  /** The one of a module and a name in it, or null. */
  static @Nullable Global find(String module, String name) {
    return BY_NAME.get(module + "." + name);
  }

  /** The type of a storage's elements. */
  ElementType storage() throws IOException {
    if (storage == null) {
      throw new IOException("a storage of type " + qualifiedName);
    }
    return storage;
  }

  /** The result of a call with these arguments. */
  Object call(List<Object> arguments) throws IOException {
    return switch (this) {
      case ORDERED_DICT -> PickleValues.dictionary(arguments);
      case DEFAULT_DICT -> new PickleValues.Dictionary();
      case SIZE -> PickleValues.as(PickleValues.Sequence.class, argument(arguments, 0));
      case REBUILD_TENSOR, REBUILD_TENSOR_V2 ->
          StridedTensor.of(
              PickleValues.storage(argument(arguments, 0)),
              PickleValues.integer(argument(arguments, 1)),
              PickleValues.integers(argument(arguments, 2)),
              PickleValues.integers(argument(arguments, 3)));
      case REBUILD_PARAMETER, REBUILD_PARAMETER_WITH_STATE ->
          PickleValues.tensor(argument(arguments, 0));
      case REBUILD_FROM_TYPE -> rebuilt(arguments);
      default -> throw new RefusedException("making a " + qualifiedName);
    };
  }

  /** A tensor of a class of its own, which is left out. */
  private Object rebuilt(List<Object> arguments) throws IOException {
    Global function = PickleValues.as(Global.class, argument(arguments, 0));
    if (function == REBUILD_FROM_TYPE) {
      throw new RefusedException("a " + qualifiedName + " of itself");
    }
    return function.call(PickleValues.sequence(argument(arguments, 2)));
  }

  private Object argument(List<Object> arguments, int index) throws IOException {
    if (index >= arguments.size()) {
      throw new IOException(qualifiedName + " has only " + arguments.size() + " arguments");
    }
    return arguments.get(index);
  }
}
