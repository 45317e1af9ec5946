# Reads PTX, then what ptxas -v says of it; -v target=sm_80 -v lanes=256 -v wanted=1 (vector loads in the main loop).
# Prints state, registers, bytes spilled or in a stack, bytes of local memory, groups a unit, note; tabs between.
BEGIN {
  OFS = "\t"
  # Of a multiprocessor: work-items, groups, bytes of local memory, bytes that the system takes of it for each group.
  split("1024 16 65536 0", limits)
  if (target ~ /^sm_8[0-9]/) split("1536 24 102400 1024", limits)
  if (target == "sm_80") split("2048 32 167936 1024", limits)
  if (target == "sm_86") limits[2] = 16
  if (target ~ /^sm_(9|1)/) split("2048 32 233472 1024", limits)
}

# The main loop is the innermost one with most multiply-adds: from a label to a branch back to it.
FNR == NR {
  line[NR] = $0
  if ($1 ~ /^\$.*:$/) label[substr($1, 1, length($1) - 1)] = NR
  if ($0 ~ /[ \t]bra/) {
    back = $NF
    sub(/;$/, "", back)
    if (back in label) look_at(label[back], NR)
  }
  next
}

/bytes stack frame/ { stack += $1 }

/ Used / {
  for (i = 2; i < NF; i++) {
    if ($i == "Used") registers = $(i + 1)
    if ($(i + 2) ~ /^smem/) shared = $i
    if ($(i + 2) == "spill") spills += $i
  }
}

END {
  state = spills + stack > 0 ? "spill" : "ok"
  note = sums ? sums " fma, " vectors " of " loads " loads of 16 bytes in the main loop" : "-"
  if (state == "ok" && wanted && (!vectors || vectors < loads)) state = "narrow"
  print state, registers + 0, spills + stack, shared + 0, resident(), note
}

function look_at(first, last, i, fma, all, wide) {
  for (i = first + 1; i < last; i++) {
    if (line[i] ~ /^\$.*:$/ && inner[i]) return
    if (line[i] ~ /[ \t]fma\.rn\.f32/) fma++
    if (line[i] ~ /[ \t]ld\.(shared|global)/) {
      all++
      if (line[i] ~ /\.(v4\.[a-z]32|v2\.[a-z]64)/) wide++
    }
  }
  inner[first] = 1
  if (fma > sums) {
    sums = fma
    loads = all + 0
    vectors = wide + 0
  }
}

# Groups that a multiprocessor has room for; registers are given to warps, 256 at a time.
function resident(warps, most) {
  warps = int((lanes + 31) / 32)
  most = int(limits[1] / (32 * warps))
  most = least(most, limits[2])
  most = least(most, int(65536 / (warps * 256 * int((registers * 32 + 255) / 256))))
  return least(most, int(limits[3] / (shared + limits[4] + 1)))
}

function least(a, b) {
  return a < b ? a : b
}
