package io.clarinet.cli;

import io.clarinet.Device;
import io.clarinet.zoo.Architecture;
import io.clarinet.zoo.Zoo;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** The words that options take: to complete them, and to find the one that was meant. */
final class Words {
  private Words() {}

  /** A file is taken beside the words. */
  interface OrFile {}

  /** Networks of the zoo, or files. */
  static final class Models extends Known implements OrFile {
    Models() {
      super(zoo());
    }
  }

  static final class Architectures extends Known {
    Architectures() {
      super(zoo());
    }
  }

  static final class Devices extends Known {
    Devices() {
      super(List.of("auto", "cpu", "opencl"));
    }
  }

  /** Devices that plans can be made for without having them, or files. */
  static final class Profiles extends Known implements OrFile {
    Profiles() {
      super(Device.profiles());
    }
  }

  static final class Presets extends Known {
    Presets() {
      super(List.of("torch", "caffe", "keras-caffe", "tf", "none"));
    }
  }

  static final class Logs extends Known {
    Logs() {
      super(List.of("json", "text", "none"));
    }
  }

  static final class Peers extends Known {
    Peers() {
      super(List.of("onnxruntime"));
    }
  }

  /** Files alone, where the type of an option does not tell. */
  static final class Files extends Known implements OrFile {
    Files() {
      super(Collections.emptyList());
    }
  }

  private static List<String> zoo() {
    return Zoo.all().stream().map(Architecture::name).toList();
  }

  private abstract static class Known implements Iterable<String> {
    private final List<String> words;

    Known(List<String> words) {
      this.words = words;
    }

    @Override
    public Iterator<String> iterator() {
      return words.iterator();
    }
  }
}
