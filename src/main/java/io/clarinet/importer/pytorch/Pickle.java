package io.clarinet.importer.pytorch;

import io.clarinet.importer.pytorch.PickleValues.Dictionary;
import io.clarinet.importer.pytorch.PickleValues.Sequence;
import io.clarinet.importer.pytorch.PickleValues.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The stack machine of Python's pickles (protocols 2 to 5), of which it knows the opcodes that a
 * dictionary of tensors needs, and what training scripts keep beside it. It calls nothing: what a
 * pickle asks to call must be a {@link Global}, and makes one of the {@link PickleValues}, or is
 * {@link PassedOver}.
 */
final class Pickle {
  /** Upper bound of the heap bytes of one opcode, roughly. */
  private static final long OPCODE_BYTES = 128;

  private static final long SLACK_BYTES = 64 << 20;
  private static final int NEWEST_PROTOCOL = 5;

  private static final PassedOver SET = new PassedOver("a set");
  private static final PassedOver BYTES = new PassedOver("bytes");

  private final PickleInput in;
  private final long maxWork;
  private long work;
  private final List<Object> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private final Map<String, Storage> storages;

  private Pickle(ByteBuffer bytes, Map<String, Storage> storages) {
    this.storages = storages;
    this.maxWork = (bytes.remaining() + SLACK_BYTES) / OPCODE_BYTES;
    this.in = new PickleInput(bytes);
  }

  /**
   * The value of the pickle at the buffer's position, which moves behind it.
   *
   * @throws RefusedException naming what a dictionary of tensors does not need
   * @throws IOException if it is unsound
   */
  static Object read(ByteBuffer bytes) throws IOException {
    return read(bytes, new HashMap<>());
  }

  /**
   * Reads like {@link #read(ByteBuffer)}; adds the storages that the pickle names, by their keys.
   */
  static Object read(ByteBuffer bytes, Map<String, Storage> storages) throws IOException {
    return new Pickle(bytes, storages).run();
  }

  private Object run() throws IOException {
    while (true) {
      work(1);
      Opcode opcode = Opcode.of(in.uint8());
      if (opcode == Opcode.STOP) {
        return pop();
      }
      step(opcode);
    }
  }

  private void work(long more) throws IOException {
    work += more;
    if (work > maxWork) {
      throw new IOException("an absurd number of opcodes for a dictionary of tensors");
    }
  }

  private void step(Opcode opcode) throws IOException {
    switch (opcode) {
      case PROTO -> requireProtocol(in.uint8());
      case FRAME -> in.int64();
      case MARK -> marks.add(stack.size());
      case POP -> pop();
      case POP_MARK -> popMark();
      case DUP -> push(top());
      case BINPUT -> memo.put((long) in.uint8(), top());
      case LONG_BINPUT -> memo.put(in.uint32(), top());
      case MEMOIZE -> memo.put((long) memo.size(), top());
      case BINGET -> push(remembered(in.uint8()));
      case LONG_BINGET -> push(remembered(in.uint32()));
      case GLOBAL -> push(named(in.line(), in.line()));
      case STACK_GLOBAL -> stackGlobal();
      case REDUCE -> reduce();
      case NEWOBJ -> newObject();
      case NEWOBJ_EX -> {
        pop();
        newObject();
      }
      case ADDITEMS -> addItems();
      case BUILD -> build();
      case BINPERSID -> push(noted(PickleValues.persistent(pop())));
      case APPEND -> append(List.of(pop()));
      case APPENDS -> append(popMark());
      case SETITEM -> setItem();
      case SETITEMS -> setItems(popMark());
      default -> push(made(opcode));
    }
  }

  private Object made(Opcode opcode) throws IOException {
    return switch (opcode) {
      case NONE -> PickleValues.NONE;
      case NEWTRUE -> true;
      case NEWFALSE -> false;
      case BININT -> (long) in.int32();
      case BININT1 -> (long) in.uint8();
      case BININT2 -> (long) in.uint16();
      case LONG1 -> in.integer(in.uint8());
      case LONG4 -> in.integer(in.int32());
      case BINFLOAT -> in.bigEndianDouble();
      case SHORT_BINUNICODE -> in.utf8(in.uint8());
      case BINUNICODE -> in.utf8(in.uint32());
      case BINUNICODE8 -> in.utf8(in.int64());
      case SHORT_BINSTRING -> in.latin1(in.uint8());
      case BINSTRING -> in.latin1(in.int32());
      case SHORT_BINBYTES -> skipped(in.uint8());
      case BINBYTES -> skipped(in.uint32());
      case BINBYTES8, BYTEARRAY8 -> skipped(in.int64());
      case EMPTY_SET -> SET;
      case FROZENSET -> {
        popMark();
        yield SET;
      }
      case EMPTY_LIST, EMPTY_TUPLE -> new Sequence(new ArrayList<>(0));
      case LIST, TUPLE -> new Sequence(popMark());
      case TUPLE1 -> tuple(1);
      case TUPLE2 -> tuple(2);
      case TUPLE3 -> tuple(3);
      case EMPTY_DICT -> new Dictionary();
      case DICT -> dictionary(popMark());
      default -> throw new RefusedException("the opcode " + opcode);
    };
  }

  private static void requireProtocol(int protocol) throws IOException {
    if (protocol > NEWEST_PROTOCOL) {
      throw new IOException("protocol " + protocol + " of pickles is not known");
    }
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object top() throws IOException {
    if (stack.size() <= floor()) {
      throw new IOException("the pickle takes a value that is not there");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() throws IOException {
    Object value = top();
    stack.remove(stack.size() - 1);
    return value;
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
  }

  private List<Object> popMark() throws IOException {
    if (marks.isEmpty()) {
      throw new IOException("the pickle takes a mark that is not there");
    }
    return popFrom(marks.remove(marks.size() - 1));
  }

  private List<Object> popFrom(int from) {
    List<Object> tail = stack.subList(from, stack.size());
    List<Object> values = new ArrayList<>(tail);
    tail.clear();
    return values;
  }

  private Sequence tuple(int size) throws IOException {
    if (stack.size() - size < floor()) {
      throw new IOException("the pickle takes a value that is not there");
    }
    return new Sequence(popFrom(stack.size() - size));
  }

  private Object remembered(long index) throws IOException {
    if (!memo.containsKey(index)) {
      throw new IOException("the pickle remembers nothing as number " + index);
    }
    return Objects.requireNonNull(memo.get(index));
  }

  private void stackGlobal() throws IOException {
    String name = PickleValues.text(pop());
    push(named(PickleValues.text(pop()), name));
  }

  private static Object named(String module, String name) {
    Global known = Global.find(module, name);
    return known != null ? known : new PassedOver(module + "." + name);
  }

  private PassedOver skipped(long bytes) throws IOException {
    in.skip(bytes);
    return BYTES;
  }

  private void reduce() throws IOException {
    List<Object> arguments = PickleValues.sequence(pop());
    for (Object argument : arguments) {
      work(argument instanceof Sequence list ? list.items.size() : 0);
    }
    Object called = pop();
    push(
        called instanceof PassedOver other
            ? other.called()
            : PickleValues.as(Global.class, called).call(arguments));
  }

  /** An object of a class; one of a TorchScript module has its attributes as entries. */
  private void newObject() throws IOException {
    pop();
    Object type = pop();
    if (type instanceof PassedOver other) {
      push(other.isModule() ? new Dictionary() : other);
    } else {
      push(PickleValues.as(Global.class, type).call(List.of()));
    }
  }

  private void addItems() throws IOException {
    popMark();
    PickleValues.as(PassedOver.class, top());
  }

  private Storage noted(Storage storage) throws IOException {
    Storage before = storages.putIfAbsent(storage.key(), storage);
    if (before != null && !before.equals(storage)) {
      throw new IOException("storage \"" + storage.key() + "\" is declared in two ways");
    }
    return storage;
  }

  /**
   * Drops a state dictionary's own state, the versions of its modules; gives a module, which has no
   * entries yet, its attributes.
   */
  private void build() throws IOException {
    Object state = pop();
    Object target = top();
    if (target instanceof Dictionary module && state instanceof Dictionary attributes) {
      if (module.entries.isEmpty() && module != attributes) {
        work(attributes.entries.size());
        module.entries.putAll(attributes.entries);
      }
    } else if (!(target instanceof StridedTensor || target instanceof PassedOver)) {
      throw new RefusedException("a state of " + PickleValues.kind(target));
    }
  }

  private void append(List<Object> values) throws IOException {
    if (!(top() instanceof PassedOver)) {
      PickleValues.sequence(top()).addAll(values);
    }
  }

  private void setItem() throws IOException {
    Object value = pop();
    setItems(List.of(pop(), value));
  }

  private void setItems(List<Object> values) throws IOException {
    put(values, top() instanceof PassedOver ? new Dictionary() : top());
  }

  private static Dictionary dictionary(List<Object> values) throws IOException {
    return put(values, new Dictionary());
  }

  private static Dictionary put(List<Object> values, Object target) throws IOException {
    Dictionary into = PickleValues.as(Dictionary.class, target);
    if (values.size() % 2 != 0) {
      throw new IOException("a dictionary's key has no value");
    }
    for (int i = 0; i < values.size(); i += 2) {
      into.put(values.get(i), values.get(i + 1));
    }
    return into;
  }
}
