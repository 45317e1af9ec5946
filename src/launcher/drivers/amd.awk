# Reads AMD assembly of clang; -v lanes=256.
# Prints state, registers, registers spilled or bytes in memory, bytes of local memory, groups a unit, note; tabs between.
BEGIN { OFS = "\t" }

$1 == ".vgpr_count:" { registers = $2 }
$1 == ".vgpr_spill_count:" { spills += $2 }
$1 == ".sgpr_spill_count:" { spills += $2 }
$1 == ".private_segment_fixed_size:" { spills += $2 }
$1 == ".group_segment_fixed_size:" { shared = $2 }
$1 == ".wavefront_size:" { wave = $2 }
$1 == ";" && $2 == "Occupancy:" { waves = $3 }

# A unit has four SIMDs: on CDNA a compute unit, on RDNA the pair of them that OpenCL counts as one.
END {
  groups = int(waves * 4 / int((lanes + wave - 1) / wave))
  print spills ? "spill" : "ok", registers + 0, spills + 0, shared + 0, groups, waves " waves a SIMD"
}
