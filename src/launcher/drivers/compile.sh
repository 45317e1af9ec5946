# Sourced by drivers.sh: every kernel through the offline compilers of GPUs.
# shellcheck shell=sh disable=SC2154

compiler_packages="clang-19 libclc-19 clang-15 llvm-spirv-15 spirv-tools intel-opencl-icd"

# Prints the programs to compile: kernels with their defaults, then those that plans for the shipped profiles hold.
programs() {
  wanted_kernels cpu | sed 's/.*/sm_75,gfx1100,spirv,tgllp	&	-DC=4/'
  wanted_kernels gpu any | sed 's/.*/sm_75,sm_80,sm_90,gfx1100,gfx90a,spirv,tgllp	&	-DC=4/'
}

# A line for each kernel, and each row that is wrong; sets compiled to the counts as JSON.
report_compiled() {
  awk -F '\t' -f "$scripts/compiled.awk" "$results/compiled.tsv" >&2
  compiled=$(awk -F '\t' '
    { rows[$3]++ }
    END { printf "{\"ok\":%d,\"unknown\":%d,\"wrong\":%d}", rows["ok"], rows["unknown"], NR - rows["ok"] - rows["unknown"] }
  ' "$results/compiled.tsv")
}

compile_kernels() {
  unpack compilers $compiler_packages || return
  libclc=$tools/usr/lib/clc
  [ -d "$libclc" ] || libclc=/usr/lib/clc
  mkdir -p "$results/compilers"
  status=0
  programs | with "$tools" env CLC="$libclc" KEPT="$unpacked/compiled" work="$results/compilers" \
    "$scripts/gpu-compile" "$home/opencl" >"$results/compiled.tsv" || status=1
  report_compiled
  return $status
}
