package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import java.util.HashMap;
import java.util.Map;

/**
 * Teams of work-items that take a row each, as {@code rows.clh} has them: a few terms a work-item,
 * fewer where the rows are not enough to fill the device.
 *
 * @param group work-items of a group
 * @param team work-items of a row
 * @param along whether neighbours are neighbours in a row, not in different rows
 * @param length terms of a row
 */
record RowTeams(int group, int team, boolean along, long rows, int length) {
  /** Work-items of the largest group, and of a small one: whole warps of every architecture. */
  private static final int LARGEST = 256;

  private static final int SMALL = 64;

  /** Terms of a work-item where there are rows enough: the loads that it has under way. */
  private static final int TERMS = 4;

  /** Neighbouring rows that fill what memory reads at a time. */
  private static final int SIDE_BY_SIDE = 16;

  /** Rows of neighbouring elements. */
  static RowTeams along(long rows, int length, DeviceProfile device) {
    return of(rows, length, 1, true, ceilDiv(length, TERMS), device);
  }

  /**
   * Rows whose elements lie {@code inner} apart, where so many rows lie side by side; 1 for rows of
   * neighbouring elements.
   */
  static RowTeams of(long rows, int length, int inner, DeviceProfile device) {
    return inner == 1
        ? along(rows, length, device)
        : of(rows, length, Math.min(inner, SIDE_BY_SIDE), false, 1, device);
  }

  private static RowTeams of(
      long rows, int length, int side, boolean along, int least, DeviceProfile device) {
    int largest = Math.min(LARGEST, Integer.highestOneBit(device.simt().groupSize()));
    int sides = powerFrom(side);
    long enough = 2L * LARGEST * device.limits().computeUnits();
    int team = Math.min(largest / sides, powerFrom(least));
    while (team < largest / sides && team < length && rows * team < enough) {
      team *= 2;
    }
    int small = Math.max(Math.min(SMALL, largest), team * sides);
    return new RowTeams(rows * team < enough ? small : largest, team, along, rows, length);
  }

  /** The least power of two that is at least this. */
  private static int powerFrom(int number) {
    return number == 1 ? 1 : 2 * Integer.highestOneBit(number - 1);
  }

  /** The defines of {@code rows.clh} beside these. */
  Map<String, String> defines(Map<String, String> own) {
    Map<String, String> all = new HashMap<>(own);
    all.put("GROUP", Integer.toString(group));
    all.put("TEAM", Integer.toString(team));
    all.put("ALONG", along ? "1" : "0");
    return all;
  }

  NdRange range() {
    return NdRange.groups(group, ceilDiv(rows, rowsOfAGroup()), 1, 1);
  }

  /**
   * The work of a group; work-items without a row, or without a term, are under way for nothing.
   *
   * @param flops of a term
   * @param bytes of local memory of a work-item
   */
  GroupWork work(double flops, int bytes) {
    int terms = ceilDiv(length, team);
    double busy = Math.min(rows, rowsOfAGroup()) * (double) length / terms;
    double all = group * (terms * flops + 2 * Integer.numberOfTrailingZeros(team));
    return new GroupWork((int) Math.max(1, Math.round(busy)), all, 48, 1, (long) bytes * group);
  }

  private int rowsOfAGroup() {
    return group / team;
  }
}
