# Summarises the rows of gpu-compile: a line for each kernel, the rows that are wrong, the sum.
BEGIN { split("ok unknown spill narrow crowded error", names, " ") }

{
  if (!($1 in rows)) kernels[++count] = $1
  rows[$1]++
  states[$1, $3]++
  states["all", $3]++
  if ($3 !~ /^(ok|unknown)$/) wrong[++wrongs] = $0
  if ($2 ~ /^sm/ && $4 > nvidia[$1]) nvidia[$1] = $4
  if ($2 ~ /^gfx/ && $4 > amd[$1]) amd[$1] = $4
}

END {
  for (i = 1; i <= count; i++) {
    kernel = kernels[i]
    printf "  %-30s %s; registers: %s NVIDIA, %s AMD\n", kernel, counts(kernel), known(nvidia[kernel]), known(amd[kernel])
  }
  for (i = 1; i <= wrongs; i++) {
    split(wrong[i], row, "\t")
    printf "  %s for %s: %s, %s registers, %s spilled: %s (%s)\n", row[1], row[2], row[3], row[4], row[5], row[8], row[9]
  }
  printf "compiled %d kernels: %s\n", count, counts("all")
}

function counts(kernel, i, text) {
  for (i = 1; i <= 6; i++) {
    if ((kernel, names[i]) in states) text = text (text ? ", " : "") states[kernel, names[i]] " " names[i]
  }
  return text
}

function known(registers) {
  return registers ? registers : "?"
}
