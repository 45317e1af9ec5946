package io.clarinet.diagnosis;

import io.clarinet.kernel.Speed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A device's answer to a small known question, and its speed as it is kept from its first use.
 *
 * @param failure why it cannot be used; empty if it answered rightly
 * @param gigaflops float32 operations in a second, a multiply-add counting two
 * @param gigabytes read from memory in a second
 * @param launchMicroseconds that starting a kernel costs
 * @param measured when; empty where that is not known
 * @param struckOff kernels that are not used on it, each with the reason
 */
public record SelfCheck(
    String failure,
    double gigaflops,
    double gigabytes,
    double launchMicroseconds,
    String measured,
    List<String> struckOff) {

  static SelfCheck failed(String why) {
    return new SelfCheck(why, 0, 0, 0, "", List.of());
  }

  static SelfCheck passed(Speed speed, Optional<Instant> measured, List<String> struckOff) {
    return new SelfCheck(
        "",
        speed.peakFlops() / 1e9,
        speed.bandwidth() / 1e9,
        speed.launchSeconds() * 1e6,
        measured.map(Instant::toString).orElse(""),
        struckOff);
  }
}
