# Sourced by drivers.sh: every kernel through the offline compilers of GPUs.
# shellcheck shell=sh disable=SC2154

compiler_packages="clang-19 libclc-19 clang-15 llvm-spirv-15 spirv-tools intel-opencl-icd"

# Prints the programs to compile: those that plans for the shipped profiles hold, then every kernel that none holds, with
# its defaults.
programs() {
  planned >"$results/planned.tsv"
  wanted_kernels gpu any cpu | awk -F '\t' -v everything="$everything" -f "$scripts/programs.awk" "$results/planned.tsv" -
}

# Lines of target, name of a kernel, defines; needs the library.
planned() {
  "$java_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$home/target/cli/lib/*" "$scripts/Programs.java"
}

# A line for each kernel, and each row that is wrong; sets compiled to the counts as JSON.
report_compiled() {
  awk -F '\t' -f "$scripts/compiled.awk" "$results/compiled.tsv" >&2
  compiled=$(awk -F '\t' '
    { rows[$3]++ }
    END { printf "{\"ok\":%d,\"unknown\":%d,\"wrong\":%d}", rows["ok"], rows["unknown"], NR - rows["ok"] - rows["unknown"] }
  ' "$results/compiled.tsv")
}

unpack_compilers() {
  # shellcheck disable=SC2086
  unpack compilers $compiler_packages
}

compile_kernels() {
  unpack_compilers || return
  libclc=$tools/usr/lib/clc
  [ -d "$libclc" ] || libclc=/usr/lib/clc
  mkdir -p "$results/compilers"
  find_java
  build_if_needed
  programs >"$results/programs.tsv" || {
    why_not="the plans for the shipped profiles cannot be listed"
    return 1
  }
  status=0
  with "$tools" env CLC="$libclc" KEPT="$unpacked/compiled" work="$results/compilers" \
    "$scripts/gpu-compile" "$home/opencl" <"$results/programs.tsv" >"$results/compiled.tsv" || status=1
  report_compiled
  return $status
}
