# Sourced by drivers.sh: the kernels for GPUs on PoCL, with real work-groups and barriers, within limits that GPUs have.
# shellcheck shell=sh disable=SC2154

# Lines of: work-items of the largest group, bytes of local memory, how PoCL runs the work-items of a group, native tests,
# networks of the zoo; "-" for none. PoCL's workitemrepl copies a kernel for each work-item: compilations of seconds, for a
# tile of conv2d_gemm of more than half a minute, and none for groups of more than 64.
some_limits() {
  cat <<'END'
256 32768 loopvec softmax,reduce,row_norm,global_pool2d,dense,transpose alexnet:99x131:10
128 65536 loopvec - squeezenet1.1:128x96
1024 49152 loopvec - preact_resnet20
64 16384 workitemrepl hardmax,lrn,global_pool2d -
END
}

all_limits() {
  networks=squeezenet1.1:128x96,alexnet:99x131:10,googlenet:128x97:10,resnet50:96x65:10,preact_resnet20
  for bytes in 16384 32768 49152 65536; do
    for group in 64 128 256 512 1024; do
      echo "$group $bytes loopvec all $networks"
    done
    echo "64 $bytes workitemrepl all squeezenet1.1:65x48"
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

# Prints the native tests that "all" stands for.
native_tests_for_gpus() {
  for file in "$home"/native-test/test_*.c; do
    test=${file##*/test_} test=${test%.c}
    if grep -q '"[a-z0-9_]*_gpu\|_gemm' "$file"; then echo "$test"; fi
  done
}

# What PoCL compiled for work-items of one kind it would take for those of the other.
run_within() { # GROUP BYTES METHOD TESTS NETWORKS
  group=$1 bytes=$2 method=$3
  export POCL_WORK_GROUP_METHOD="$3"
  [ "$3" = loopvec ] || export POCL_CACHE_DIR="$unpacked/pocl-$3"
  mkdir -p "${POCL_CACHE_DIR:-$results}"
  [ "$4" != all ] || set -- "$1" "$2" "$3" "$(native_tests_for_gpus)" "$5"
  for test in $(printf '%s' "${4#-}" | tr , ' '); do
    test_in_groups "$test" && echo "$log" >>"$results/groups/passed" || echo "$log" >>"$results/groups/failed"
  done
  for network in $(printf '%s' "${5#-}" | tr , ' '); do
    verify_in_groups "$network" && echo "$log" >>"$results/groups/passed" || echo "$log" >>"$results/groups/failed"
  done
}

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
  [ "$all_groups" = 1 ] && limits=all_limits || limits=some_limits
  turns=$(getconf _NPROCESSORS_ONLN) turn=0
  while [ "$turn" -lt "$turns" ]; do
    $limits | awk -v turns="$turns" -v turn="$turn" 'NR % turns == turn' \
      | while read -r group bytes method tests networks; do
        (run_within "$group" "$bytes" "$method" "$tests" "$networks" </dev/null)
      done &
    turn=$((turn + 1))
  done
  wait
  while read -r log; do
    say "wrong in groups on PoCL ($log): $(tail -n 1 "$log")"
  done <"$results/groups/failed"
  grouped="{\"passed\":$(wc -l <"$results/groups/passed"),\"failed\":$(wc -l <"$results/groups/failed")}"
  say "ran kernels for GPUs on PoCL within $($limits | wc -l) devices' limits: $grouped"
  [ ! -s "$results/groups/failed" ]
}
