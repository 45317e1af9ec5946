# Sourced by ../../clarinet: Debian packages, installed where that is allowed.
# shellcheck shell=sh disable=SC2154

driver_packages="pocl-opencl-icd ocl-icd-libopencl1"
install_log=$home/target/install.log

# Sets as_root to what runs a command as root; where nothing may, fails and sets why_not.
may_install() {
  as_root=
  if [ "${CLARINET_NO_INSTALL:-}" = 1 ]; then
    why_not="CLARINET_NO_INSTALL=1 forbids installing"
  elif ! command -v apt-get >/dev/null; then
    why_not="there is no apt-get to install with"
  elif [ "$(id -u)" = 0 ]; then
    return 0
  elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
    return 0
  else
    why_not="only root may install"
  fi
  return 1
}

apt_get() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 \
    --no-install-recommends "$@" >>"$install_log" 2>&1
}

# Installs the packages or fails and sets why_not.
install_packages() { # PACKAGE...
  may_install || return 1
  say "installing $* with apt-get"
  mkdir -p "$home/target"
  : >"$install_log"
  apt_get install "$@" || { apt_get update && apt_get install "$@"; } || {
    tail -n 3 "$install_log" >&2
    why_not="installing failed ($install_log)"
    return 1
  }
}

# Installs an OpenCL driver; where that is impossible says so. A failed try is not repeated.
install_driver() {
  failed=$home/target/.driver-failed
  if [ -e "$failed" ]; then
    why_not="installing one failed before ($install_log)"
  else
    # shellcheck disable=SC2086
    install_packages $driver_packages && return 0
    if may_install; then : >"$failed"; fi
  fi
  say "no OpenCL driver, and $why_not: running on the CPU" \
    "(for OpenCL: apt-get install $driver_packages; ./clarinet setup tries again)"
}
