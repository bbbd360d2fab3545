# Finds the jars to run. Sourced by the other scripts. Expects `root` and `jdk`; sets `lib` and `class_path`.

# The jars of QUINTET_LIB as they are, or else those of this project's own build, which is made or renewed first.
find_jars() {
  lib=${QUINTET_LIB-}
  if [[ -z $lib ]]; then
    lib=$root/scripts/target/dist/lib
    source "$root/scripts/launcher/build.bash"
    build_if_stale
  fi
  find_class_path
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
