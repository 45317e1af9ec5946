# Sourced by drivers.sh: the kernels for GPUs on PoCL, with real work-groups and barriers, within limits that GPUs have.
# shellcheck shell=sh disable=SC2154

# Lines of: work-items of the largest group, bytes of local memory, how PoCL runs the work-items of a group, native tests
# or networks of the zoo. PoCL's workitemrepl copies a kernel for each work-item: compilations of seconds, for a
# tile of conv2d_gemm of more than half a minute, and none for groups of more than 64.
some_limits() {
  cat <<'END'
64 16384 workitemrepl global_pool2d
128 65536 loopvec squeezenet1.1:65x48
256 32768 loopvec alexnet:99x131:10 softmax reduce row_norm hardmax lrn dense transpose
1024 49152 loopvec preact_resnet20
END
}

all_limits() {
  tests=$(native_tests_for_gpus | tr '\n' ' ')
  networks="squeezenet1.1:128x96 alexnet:99x131:10 googlenet:128x97:10 resnet50:96x65:10 preact_resnet20"
  for bytes in 16384 32768 49152 65536; do
    for group in 64 128 256 512 1024; do
      echo "$group $bytes loopvec $tests$networks"
    done
    echo "64 $bytes workitemrepl ${tests}squeezenet1.1:65x48"
  done
}

# Compares a network's layers with the plain-Java reference; some of them must be run by kernels for GPUs.
verify_in_groups() { # NETWORK
  log=$results/groups/$group-$bytes-$method-$1.log
  (
    CLARINET_JAVA_OPTS="-Dclarinet.kind=gpu -Dclarinet.group=$group -Dclarinet.localMemory=$bytes"
    run_java verify --device opencl "$1"
  ) >"$log" 2>&1 </dev/null && grep -q '_gpu' "$log"
}

# On cases of a few elements, where a test has any: larger ones run in groups of 64 anyway, in the tests of all kernels.
test_in_groups() { # NATIVE_TEST
  log=$results/groups/$group-$method-$1.log
  CLARINET_NATIVE_GROUP=$group CLARINET_NATIVE_FOLDER=gpu CLARINET_NATIVE_WORK=150 \
    "$home/target/native-test/test_$1" >"$log" 2>&1 </dev/null || grep -q '^0 passed, 0 failed' "$log"
}

# Prints the native tests of kernels for GPUs.
native_tests_for_gpus() {
  for file in "$home"/native-test/test_*.c; do
    test=${file##*/test_} test=${test%.c}
    if grep -q '"[a-z0-9_]*_gpu\|_gemm' "$file"; then echo "$test"; fi
  done
}

# What PoCL compiled for work-items of one kind it would take for those of the other.
run_within() ( # GROUP_BYTES_METHOD_AND_WHAT
  # shellcheck disable=SC2086
  set -- $1
  group=$1 bytes=$2 method=$3
  export POCL_WORK_GROUP_METHOD="$3"
  if [ "$3" != loopvec ]; then
    export POCL_CACHE_DIR="$unpacked/pocl-$3"
    mkdir -p "$POCL_CACHE_DIR"
  fi
  if [ -e "$home/native-test/test_$4.c" ]; then test_in_groups "$4"; else verify_in_groups "$4"; fi \
    && echo "$log" >>"$results/groups/passed" || echo "$log" >>"$results/groups/failed"
)

run_in_groups() {
  build_native >"$results/native-test.log" || {
    why_not="the native tests do not build ($results/native-test.log)"
    return 1
  }
  find_java
  build_if_needed
  mkdir -p "$results/groups"
  : >"$results/groups/failed"
  : >"$results/groups/passed"
  [ "$everything" = 1 ] && limits=all_limits || limits=some_limits
  $limits | awk '{ for (i = 4; i <= NF; i++) print $1, $2, $3, $i }' >"$results/groups/wanted"
  side_by_side run_within <"$results/groups/wanted"
  while read -r log; do
    say "wrong in groups on PoCL ($log): $(tail -n 1 "$log")"
  done <"$results/groups/failed"
  grouped="{\"passed\":$(wc -l <"$results/groups/passed"),\"failed\":$(wc -l <"$results/groups/failed")}"
  say "ran kernels for GPUs on PoCL within $($limits | wc -l) devices' limits: $grouped"
  [ ! -s "$results/groups/failed" ] && [ "$(wc -l <"$results/groups/passed")" = "$(wc -l <"$results/groups/wanted")" ]
}
