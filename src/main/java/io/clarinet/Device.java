package io.clarinet;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.Notice;
import io.clarinet.backend.opencl.ListedDevice;
import io.clarinet.backend.opencl.OpenCl;
import io.clarinet.backend.opencl.Selection;
import io.clarinet.engine.Engine;
import io.clarinet.file.Processor;
import io.clarinet.kernel.profile.ProfileFile;
import io.clarinet.kernel.profile.ShippedProfiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that can run a network: an OpenCL device, or the CPU through this JVM.
 *
 * @param id the name by which {@link #find} finds it
 * @param platform the OpenCL platform, or the JVM
 * @param type cpu, gpu, accelerator or unknown
 * @param driver version of the driver
 * @param usable whether networks can be opened on it
 * @param reason why it is not usable, or only if named; empty if nothing speaks against it
 * @param request request by which the device was chosen: if it fails, {@code auto} lets a session
 *     go on with the next device and at last the CPU, {@code opencl} with the next OpenCL device,
 *     an id with none
 * @param passedOver devices passed over for this one, by {@link #auto}, or by a session whose
 *     device failed or would be slower, and why; empty if nothing was
 */
public record Device(
    String id,
    String name,
    String platform,
    String type,
    String driver,
    boolean usable,
    String reason,
    String request,
    String passedOver) {
  private static final Logger LOG = LoggerFactory.getLogger(Device.class);
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();
  private static final String AUTO = "auto";
  private static final String OPENCL = "opencl";
  private static final String CPU = "cpu";
  private static final String GPU = "gpu";

  /** Environment variable that says which device {@link #standard} is. */
  public static final String ENVIRONMENT = "CLARINET_DEVICE";

  /**
   * The device that {@code CLARINET_DEVICE} asks for, else {@link #auto}.
   *
   * @throws DeviceChoiceException as {@link #find}
   */
  public static Device standard() {
    String wanted = System.getenv(ENVIRONMENT);
    if (wanted == null || wanted.isBlank()) {
      return auto();
    }
    try {
      return find(wanted);
    } catch (DeviceChoiceException e) {
      throw e.saidBy(ENVIRONMENT + "=" + wanted);
    }
  }

  /**
   * The best OpenCL device that can be used safely; else the CPU, with one message: through SLF4J,
   * or on standard error where SLF4J has no provider.
   */
  public static Device auto() {
    Selection selection = OpenCl.installation().select(AUTO);
    if (selection instanceof Selection.Chosen chosen) {
      return of(chosen.device(), AUTO).insteadOf(unusable());
    }
    Selection.None none = (Selection.None) selection;
    return cpuInsteadOf(none.reason(), none.hint());
  }

  private static String unusable() {
    return OpenCl.installation().devices(false).stream()
        .filter(device -> !device.usable())
        .map(device -> device + " is not used: " + device.reason())
        .collect(Collectors.joining("; "));
  }

  /**
   * The device that a session goes on with after these have failed, this one last; empty where the
   * request leaves no choice.
   */
  Optional<Device> next(Set<String> failed) {
    if (!request.equals(AUTO) && !request.equals(OPENCL)) {
      return Optional.empty();
    }
    if (OpenCl.installation().select(request, failed) instanceof Selection.Chosen chosen) {
      return Optional.of(of(chosen.device(), request));
    }
    return request.equals(AUTO) ? Optional.of(cpu()) : Optional.empty();
  }

  /** The device that a session goes on with, and why, as a message says. */
  Device replacedBy(Device next, String failure) {
    String line = failure.lines().findFirst().orElse("");
    String what = line.startsWith(toString()) ? line : this + " failed: " + line;
    String all = passedOver.isEmpty() ? what : passedOver + "; " + what;
    if (next.isCpu()) {
      return cpuInsteadOf(all, "see `clarinet devices`");
    }
    if (SAID.add(what)) {
      Notice.say(LOG, what + "; going on with " + next);
    }
    return next.insteadOf(all);
  }

  /** The CPU, for want of anything better; logged once. */
  private static Device cpuInsteadOf(String reason, String hint) {
    String why = hint.isEmpty() ? reason : reason + " (" + hint + ")";
    if (SAID.add(CPU)) {
      Notice.say(LOG, "Running on the CPU: " + why);
    }
    return cpu().insteadOf(why);
  }

  /** Whether nobody asked for this device, so that a faster one may take its place. */
  boolean mayBeSlower() {
    return request.equals(AUTO) && !isCpu();
  }

  boolean isGpu() {
    return type.equals(GPU);
  }

  /** The ids of all GPUs and accelerators that can be asked for safely. */
  static List<String> gpus() {
    return OpenCl.installation().devices(false).stream()
        .filter(device -> !device.type().equals(CPU))
        .map(ListedDevice::id)
        .toList();
  }

  /** With another device that was passed over for this one, and why. */
  Device passingOver(String why) {
    return insteadOf(passedOver.isEmpty() ? why : passedOver + "; " + why);
  }

  private Device insteadOf(String what) {
    return new Device(id, name, platform, type, driver, usable, reason, request, what);
  }

  /** The CPU, through this JVM: as many cores as affinity and quota let this process use. */
  public static Device cpu() {
    int threads = Runtime.getRuntime().availableProcessors();
    int cores = Processor.cores().orElse(threads);
    String name =
        (cores > threads ? threads + " of " + cores : threads)
            + (cores == 1 ? " core" : " cores")
            + " through the JVM";
    String vendor = System.getProperty("java.vm.name", "JVM");
    String version = System.getProperty("java.version", "");
    return new Device(CPU, name, vendor, "cpu", version, true, "", CPU, "");
  }

  /**
   * The device that a request means.
   *
   * @param request {@code auto}, {@code cpu}, {@code opencl}, an id, or part of a device's name
   * @throws DeviceChoiceException if none or several fit, or the one that does cannot be used
   */
  public static Device find(String request) {
    String wanted = request.toLowerCase(Locale.ROOT);
    if (wanted.equals(AUTO)) {
      return auto();
    }
    if (wanted.equals(CPU)) {
      return cpu();
    }
    Selection selection = OpenCl.installation().select(request);
    if (selection instanceof Selection.Chosen chosen) {
      return of(chosen.device(), wanted.equals(OPENCL) ? OPENCL : chosen.device().id());
    }
    throw DeviceChoiceException.of(request, selection);
  }

  /** All devices, usable or not, the CPU last; asks no driver that would harm this JVM. */
  public static List<Device> all() {
    List<Device> all = new ArrayList<>();
    OpenCl.installation().devices(false).forEach(d -> all.add(of(d, d.id())));
    all.add(cpu());
    return all;
  }

  /** Names of known GPUs, for which {@link Model#explain} plans without having them. */
  public static List<String> profiles() {
    return ShippedProfiles.names();
  }

  /**
   * Opens this device, measures it where that was not done before, and writes all that planning
   * knows of it to a JSON file, for {@link Model#explain} on any machine.
   *
   * @throws DeviceException if it cannot be opened
   * @throws IOException naming the file and the reason
   */
  public void writeProfile(Path file) throws IOException {
    try (Engine engine = Session.engine(this)) {
      String source = "the device itself; " + platform + ", driver " + driver;
      new ProfileFile(List.of(source), engine.profile()).write(file);
    }
  }

  private static Device of(ListedDevice device, String request) {
    return new Device(
        device.id(),
        device.name(),
        device.platform(),
        device.type(),
        device.driver(),
        device.usable(),
        device.reason(),
        request,
        "");
  }

  boolean isCpu() {
    return id.equals(CPU);
  }

  @Override
  public String toString() {
    return id + " (" + name + ")";
  }
}
