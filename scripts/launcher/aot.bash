# The AOT cache of JDK 25 (JEP 514): classes loaded and linked ahead of time, made once in the background.
# Without one the JVM uses its own class data archive: slower to start, otherwise the same.
# Sourced by `quintet`. Expects `jdk`, `lib`, `class_path`, `jvm` and `main`; sets `aot` to the cache file or to nothing.

# The JVM does not notice a changed jar and would run old code from the cache. So the cache's name holds a checksum of
# every jar's path, size and time, of the JDK's `release` and of the flags that the cache depends on.
find_aot_cache() {
  local folder=${XDG_CACHE_HOME:-${HOME-}/.cache}/quintet place=${lib//[!A-Za-z0-9]/-} jars sum
  aot=
  [[ ${QUINTET_AOT-} != off && $folder == /* ]] || return 0
  jars=$(stat -c '%n %s %y' "$lib"/*.jar 2>/dev/null || stat -f '%N %z %Fm' "$lib"/*.jar) || return 0
  sum=$(cksum <<<"$jars $(<"$jdk/release") ${jvm[*]}") || return 0
  if ((${#place} > 80)); then place=${place: -80}; fi
  aot=$folder/app$place-${sum// /-}.aot
  if [[ ! -s $aot ]]; then
    # Twice in the background: the Java process that this script becomes shall have no child that it does not know.
    (make_aot_cache "$folder" "app$place" "$aot" </dev/null >/dev/null 2>&1 9>&- &)
    aot=
  fi
}

# Runs at low priority; whatever it has to say goes into a file beside the cache.
# A failed attempt keeps its lock for an hour, so that not every start tries again.
make_aot_cache() {
  local folder=$1 name=$2 target=$3 lock=$3.lock away=()
  trap '' HUP INT
  umask 077
  mkdir -p "$folder" || return 0
  if ! mkdir "$lock"; then
    if [[ -n $(find "$lock" -maxdepth 0 -mmin +60) ]]; then rm -rf "$lock"; fi
    return 0
  fi
  exec >"$folder/aot.log" 2>&1
  if type -P setsid >/dev/null; then away=(setsid -w); fi
  QUINTET_INTERFACE=lo ${away[@]+"${away[@]}"} nice -n 19 "$jdk/bin/java" "${jvm[@]}" -Xmx256m \
    -XX:AOTCacheOutput="$lock/new.aot" -cp "$class_path" "$main" warm-up || echo "the warm-up failed: the cache holds what ran until then"
  [[ -s $lock/new.aot ]] || return 0
  mv -f "$lock/new.aot" "$target"
  rm -rf "$lock"
  # Caches of this distribution's former builds, and whatever no start has read for a month.
  find "$folder" -maxdepth 1 -name "$name-*.aot" ! -path "$target" -delete
  find "$folder" -maxdepth 1 -name 'app-*.aot*' -atime +30 -exec rm -rf {} +
}
