# Sourced: Debian packages unpacked into folders of the cache, where they disturb nothing that is installed.
# shellcheck shell=sh disable=SC2154

unpacked=${XDG_CACHE_HOME:-$HOME/.cache}/clarinet/drivers

# Sets why_not and fails where no package can be fetched.
may_fetch() {
  if [ "${CLARINET_NO_INSTALL:-}" = 1 ]; then
    why_not="CLARINET_NO_INSTALL=1 forbids fetching packages"
  elif ! { command -v apt-get && command -v dpkg; } >/dev/null; then
    why_not="there is no apt-get to fetch packages with"
  else
    return 0
  fi
  return 1
}

# Prints the packages and what they need that is not installed; nothing is changed.
needed() { # PACKAGE...
  apt-get -s --no-install-recommends install "$@" >"$apt_log" 2>&1 || return
  awk '$1 == "Inst" { print $2 }' "$apt_log"
}

# Fetches what is needed into a folder and unpacks it there.
fetch() { # FOLDER PACKAGE...
  (
    cd "$1" || exit
    shift
    packages=$(needed "$@") || exit
    for package in $packages; do
      apt-get -q download "$package" >>"$apt_log" 2>&1 || exit
    done
    for file in *.deb; do
      [ ! -e "$file" ] || { dpkg -x "$file" . && rm "$file"; } || exit
    done
  )
}

# Unpacks the packages, and what they need that is not installed, once; sets tools to their folder.
unpack() { # NAME PACKAGE...
  tools=$unpacked/$1 name=$1
  shift
  [ "$(cat "$tools/.packages" 2>/dev/null)" != "$*" ] || return 0
  may_fetch || return
  say "fetching $* into $tools"
  new=$tools.$$ apt_log=$home/target/apt-$name.log
  rm -rf "$new" "$tools"
  mkdir -p "$new" "$home/target"
  if fetch "$new" "$@" || { may_install && apt_get update && fetch "$new" "$@"; }; then
    printf '%s\n' "$*" >"$new/.packages" && mv "$new" "$tools"
  else
    tail -n 3 "$apt_log" >&2
    why_not="fetching $* failed ($apt_log); they are those of Debian 12"
    rm -rf "$new"
    return 1
  fi
}

# Runs a command with what was unpacked into a folder before what is installed.
with() { # FOLDER COMMAND...
  (
    libraries=$(printf '%s:' "$1"/usr/lib/*-linux-gnu "$1"/usr/lib/*-linux-gnu/oclgrind)
    PATH=$1/usr/bin:$PATH LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:-}
    export PATH LD_LIBRARY_PATH
    shift
    "$@"
  )
}
