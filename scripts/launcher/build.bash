# Builds the distribution when it is missing or older than its sources. Sourced by `jars.bash`.
# Expects `root` (the project's folder) and `jdk`.

# True if target/dist is there and nothing that it is made from changed since its build began.
# Folders count too, so that a deleted source is noticed.
is_built() {
  local stamp=$root/scripts/target/dist/build-began
  [[ -e $stamp ]] && [[ -z $(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main -newer "$stamp" -print -quit 2>&1) ]]
}

build_now() {
  local log=$root/scripts/target/build.log what="sources changed"
  [[ -e $root/scripts/target/dist/build-began ]] || what="first use, about a minute"
  if ! type -P mvn >/dev/null; then
    echo "quintet: Maven is needed to build Quintet and is not installed: install it (Debian: apt install maven)" >&2
    exit 3
  fi
  echo "building Quintet ($what)..." >&2
  if ! (cd "$root" && JAVA_HOME=$jdk JAVA25_HOME=$jdk mvn -B -q -Dmaven.test.skip=true package) </dev/null >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "quintet: the build failed; the whole log is in $log" >&2
    exit 1
  fi
}

# Only one start builds; the others wait and use what it built. The lock ends with its process.
build_if_stale() {
  is_built && return
  local target=$root/scripts/target lock=$root/scripts/target/build.lock
  if ! mkdir -p "$target" 2>/dev/null || [[ ! -w $target ]]; then
    echo "quintet: Quintet must be built in $target, which cannot be written: run this as its owner, or set QUINTET_LIB to a folder of Quintet's jars" >&2
    exit 3
  fi
  if type -P flock >/dev/null; then
    exec 9>"$lock"
    flock -n 9 || { echo "waiting for another start that is building Quintet..." >&2 && flock 9; }
    is_built || build_now 9>&-
    exec 9>&-
  else
    lock_by_folder "$lock.d"
    trap 'rm -rf "$root/scripts/target/build.lock.d"' EXIT
    is_built || build_now
    rm -rf "$lock.d"
    trap - EXIT
  fi
}

# For systems without flock (macOS): making a folder is atomic. A folder whose owner died is taken over.
lock_by_folder() {
  local owner waited=0
  until mkdir "$1" 2>/dev/null; do
    owner=$(cat "$1/owner" 2>/dev/null || true)
    if [[ -n $owner ]] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$1"
    elif ((waited++ >= 600)); then
      echo "quintet: another build has held $1 for ten minutes: remove it if no build runs" >&2
      exit 1
    else
      sleep 1
    fi
  done
  echo $$ >"$1/owner"
}
