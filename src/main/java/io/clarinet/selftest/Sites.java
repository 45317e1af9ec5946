package io.clarinet.selftest;

import io.clarinet.backend.Notice;
import io.clarinet.backend.opencl.OpenClBackend;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a place for cases to run: another process, or this one where there can be no other. */
final class Sites implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sites.class);
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private final OpenClBackend device;
  private final Supplier<Site> apart;
  private final HeadStart ahead;

  Sites(OpenClBackend device, Duration patience, HeadStart ahead) {
    this(device, () -> new ChildProcess(device.device(), device.options(), patience), ahead);
  }

  /**
   * @param apart a process besides this one, or NoSiteException
   */
  Sites(OpenClBackend device, Supplier<Site> apart, HeadStart ahead) {
    this.device = device;
    this.apart = apart;
    this.ahead = ahead;
  }

  /** A place for cases, to be closed. */
  Site open() {
    Site ready = ahead.take();
    try {
      return new Fallback(ready == null ? apart.get() : ready);
    } catch (NoSiteException e) {
      return here(e);
    }
  }

  @Override
  public void close() {
    ahead.close();
  }

  private Site here(NoSiteException reason) {
    if (TOLD.compareAndSet(false, true)) {
      Notice.say(
          LOG,
          "kernels are tested in this process, which a faulty driver may end: "
              + reason.getMessage());
    }
    return new OwnProcess(device);
  }

  /** A process apart as long as that is possible. */
  private final class Fallback implements Site {
    private Site site;

    Fallback(Site first) {
      this.site = first;
    }

    @Override
    public void expect(String chain) {
      try {
        site.expect(chain);
      } catch (NoSiteException e) {
        site.close();
        site = here(e);
      }
    }

    @Override
    public Outcome run(CasePlan cases) {
      try {
        return site.run(cases);
      } catch (NoSiteException e) {
        site.close();
        site = here(e);
        return site.run(cases);
      }
    }

    @Override
    public void close() {
      site.close();
    }
  }
}
