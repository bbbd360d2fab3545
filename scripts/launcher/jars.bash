# Finds the jars to run. Sourced by the other scripts. Expects `root` and `jdk`; sets `lib`, `class_path`
# and `native`.

# The jars of QUINTET_LIB as they are, or else those of this project's own build, which is made or renewed first.
find_jars() {
  lib=${QUINTET_LIB-}
  if [[ -z $lib ]]; then
    lib=$root/scripts/target/dist/lib
    source "$root/scripts/launcher/build.bash"
    build_if_stale
  fi
  find_class_path
  find_native
}

# Sets `class_path` to every jar in `lib`, in the same order whatever the language of the terminal.
find_class_path() {
  local LC_ALL=C IFS=:
  local jars=("$lib"/*.jar)
  class_path="${jars[*]}"
  if [[ ! -e ${jars[0]} ]]; then
    echo "quintet: no jars in $lib: unset QUINTET_LIB or let it name a folder that holds Quintet's jars" >&2
    exit 3
  fi
}

# Sets `native` to the folder with this machine's native code. Where there is none, the JVM unpacks it from a jar into the
# folder for temporary files at each start, which takes longer and may be forbidden there.
find_native() {
  local machine=none
  case $OSTYPE-$HOSTTYPE in
    linux*-x86_64) machine=linux/amd64 ;;
    linux*-aarch64) machine=linux/aarch64 ;;
    darwin*-x86_64) machine=darwin/x86_64 ;;
    darwin*-arm64) machine=darwin/aarch64 ;;
  esac
  native=$lib/native/$machine
}
