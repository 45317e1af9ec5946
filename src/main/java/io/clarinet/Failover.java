package io.clarinet;

import io.clarinet.backend.DeviceException;
import io.clarinet.engine.Plans;
import io.clarinet.event.Fallback;
import io.clarinet.observe.Topic;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The device of a session and its plans; another takes their place when the device fails. */
final class Failover implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

  private final String model;
  private final Function<Device, Plans> opener;
  private final Set<String> passedOver = new HashSet<>();
  private Device device;
  private Plans plans;
  private boolean closed;

  /**
   * Opens the device, or the first that may stand in for it.
   *
   * @param model what runs on it, for people
   * @param opener opens a device, or throws DeviceException
   */
  Failover(String model, Device device, Function<Device, Plans> opener) {
    this.model = model;
    this.opener = opener;
    this.device = device;
    this.plans = open();
    if (!this.device.equals(device)) {
      tell(device.toString(), this.device);
    } else if (device.isCpu() && !device.passedOver().isEmpty()) {
      tell("auto", device);
    }
  }

  private void tell(String from, Device to) {
    Topic.FALLBACK.tell(() -> new Fallback(model, from, to.toString(), to.passedOver()));
  }

  private Plans open() {
    try {
      return opener.apply(device);
    } catch (DeviceException e) {
      return replace(e);
    }
  }

  /** Opens the first device that may stand in for the failed one and does not fail too. */
  private Plans replace(DeviceException failure) {
    DeviceException last = failure;
    Device broken = device;
    while (true) {
      passedOver.add(broken.id());
      Device next = broken.next(passedOver).orElse(null);
      if (next == null) {
        throw failure;
      }
      next = broken.replacedBy(next, String.valueOf(last.getMessage()));
      try {
        Plans opened = opener.apply(next);
        device = next;
        return opened;
      } catch (DeviceException e) {
        last = e;
        broken = next;
      }
    }
  }

  /** The current device. */
  synchronized Device device() {
    return device;
  }

  /** The plans on the current device. */
  synchronized Plans plans() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
    return plans;
  }

  /** The plans on a device if that is the current one, and open; null if not. */
  synchronized @Nullable Plans plansOn(Device wanted) {
    return !closed && wanted.id().equals(device.id()) ? plans : null;
  }

  /** Works with the plans; again on the next device if this one fails and may be replaced. */
  <T> T with(Function<Plans, T> work) {
    while (true) {
      Plans current = plans();
      try {
        return work.apply(current);
      } catch (DeviceException e) {
        replace(current, e);
      } catch (IllegalStateException e) {
        if (plans() == current) {
          throw e;
        }
      }
    }
  }

  private void replace(Plans failed, DeviceException failure) {
    Device broken;
    Device next;
    synchronized (this) {
      if (plans() != failed) {
        return;
      }
      broken = device;
      plans = replace(failure);
      next = device;
    }
    tell(broken.toString(), next);
    try {
      failed.close();
    } catch (DeviceException e) {
      LOG.debug("A device that had failed was not closed either: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    Plans last;
    synchronized (this) {
      closed = true;
      last = plans;
    }
    last.close();
  }
}
