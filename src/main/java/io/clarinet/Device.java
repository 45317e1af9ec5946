package io.clarinet;

import io.clarinet.backend.opencl.ListedDevice;
import io.clarinet.backend.opencl.OpenCl;
import io.clarinet.backend.opencl.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that can run a network: an OpenCL device, or the CPU through this JVM.
 *
 * @param id what {@link #find} knows it by
 * @param platform the OpenCL platform, or the JVM
 * @param type cpu, gpu, accelerator or unknown
 * @param driver version of the driver
 * @param usable whether networks can be opened on it
 * @param reason why it is not usable; empty if it is
 * @param replaceable whether a session may go on with the CPU if this device fails
 */
public record Device(
    String id,
    String name,
    String platform,
    String type,
    String driver,
    boolean usable,
    String reason,
    boolean replaceable) {
  private static final Logger LOG = LoggerFactory.getLogger(Device.class);
  private static final AtomicBoolean SAID = new AtomicBoolean();

  /** Environment variable that says which device {@link #standard} is. */
  public static final String ENVIRONMENT = "CLARINET_DEVICE";

  /** What {@code CLARINET_DEVICE} asks for, else {@link #auto}. */
  public static Device standard() {
    String wanted = System.getenv(ENVIRONMENT);
    return wanted == null || wanted.isBlank() ? auto() : find(wanted);
  }

  /** The best OpenCL device that can be used safely; else the CPU, which is said once. */
  public static Device auto() {
    Selection selection = OpenCl.installation().select("auto");
    if (selection instanceof Selection.Chosen chosen) {
      return of(chosen.device(), true);
    }
    Selection.None none = (Selection.None) selection;
    sayOnce(none.reason(), none.hint());
    return cpu();
  }

  static void sayOnce(String reason, String hint) {
    if (SAID.compareAndSet(false, true)) {
      String advice = hint.isEmpty() ? "" : " (" + hint + ")";
      LOG.warn("Running on the CPU: {}{}", reason, advice);
    }
  }

  /** The CPU, through this JVM. */
  public static Device cpu() {
    String name = Runtime.getRuntime().availableProcessors() + " cores through the JVM";
    String vendor = System.getProperty("java.vm.name", "JVM");
    String version = System.getProperty("java.version", "");
    return new Device("cpu", name, vendor, "cpu", version, true, "", false);
  }

  /**
   * The device that a request means.
   *
   * @param request {@code auto}, {@code cpu}, {@code opencl}, an id, or part of a device's name
   * @throws DeviceChoiceException if none or several fit, or the one that does cannot be used
   */
  public static Device find(String request) {
    switch (request.toLowerCase(Locale.ROOT)) {
      case "auto" -> {
        return auto();
      }
      case "cpu" -> {
        return cpu();
      }
      default -> {
        Selection selection = OpenCl.installation().select(request);
        if (selection instanceof Selection.Chosen chosen) {
          return of(chosen.device(), false);
        }
        throw DeviceChoiceException.of(request, selection);
      }
    }
  }

  /** All devices, usable or not, the CPU last; asks no driver that would harm this JVM. */
  public static List<Device> all() {
    List<Device> all = new ArrayList<>();
    OpenCl.installation().devices(false).forEach(d -> all.add(of(d, false)));
    all.add(cpu());
    return all;
  }

  private static Device of(ListedDevice device, boolean replaceable) {
    return new Device(
        device.id(),
        device.name(),
        device.platform(),
        device.type(),
        device.driver(),
        device.usable(),
        device.reason(),
        replaceable);
  }

  boolean isCpu() {
    return id.equals("cpu");
  }

  @Override
  public String toString() {
    return id + " (" + name + ")";
  }
}
