# Sourced by drivers.sh: Mesa's rusticl on llvmpipe, a driver that gives wrong values.
# shellcheck shell=sh disable=SC2154

# Runs a command of ours on it. Its library opens libclc's programs by a path that unpack_rusticl made relative.
on_rusticl() { # ARGUMENT...
  (
    libraries=$tools/usr/lib/$(ls "$tools/usr/lib" | grep linux-gnu)
    export OCL_ICD_VENDORS="$libraries/libRusticlOpenCL.so.1" GALLIUM_PIPE_SEARCH_DIR="$libraries/gallium-pipe"
    export RUSTICL_ENABLE=llvmpipe MESA_SHADER_CACHE_DIR="$results/mesa"
    cd "$tools" && with "$tools" run_java "$@"
  )
}

# What each sample picture was taken for, a line each.
labels() { # JSON_FILE
  sed -n 's/.*"label" : //p' "$1"
}

unpack_rusticl() {
  unpack rusticl mesa-opencl-icd || return
  for library in "$tools"/usr/lib/*/libRusticlOpenCL.so.1; do
    LC_ALL=C sed -i 's|/usr/lib/clc/|usr//lib/clc/|g' "$(readlink -f "$library")" || return
  done
}

ask_rusticl() {
  unpack_rusticl || return
  find_java
  build_if_needed
  on_rusticl devices --json >"$results/rusticl-devices.json" 2>"$results/rusticl.log" \
    && grep -q '"name" : "llvmpipe' "$results/rusticl-devices.json" || {
    why_not="devices does not list rusticl's llvmpipe ($results/rusticl.log)"
    return 1
  }
  (run_java classify --json --top 1 --device cpu) >"$results/cpu.json" 2>>"$results/rusticl.log"
  on_rusticl classify --json --top 1 --device llvmpipe >"$results/rusticl.json" 2>>"$results/rusticl.log"
  [ -n "$(labels "$results/cpu.json")" ] && [ "$(labels "$results/cpu.json")" = "$(labels "$results/rusticl.json")" ] || {
    why_not="classify on rusticl's llvmpipe does not answer as on the CPU ($results/rusticl.json, .log)"
    return 1
  }
  on_rusticl verify resnet18:64x64:4 --device llvmpipe >"$results/rusticl-verify.txt" 2>>"$results/rusticl.log" || {
    why_not="a layer of resnet18:64x64:4 is wrong on rusticl's llvmpipe ($results/rusticl-verify.txt, .log)"
    return 1
  }
  grep -q 'is not used on llvmpipe' "$results/rusticl.log" || {
    why_not="no kernel was struck off on rusticl's llvmpipe, which cannot run long loops ($results/rusticl.log)"
    return 1
  }
  say "classify on rusticl's llvmpipe answers as on the CPU; what it cannot run is struck off, and the rest is right"
}
