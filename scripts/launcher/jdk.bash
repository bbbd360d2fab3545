# Finds a JDK 25 or later without starting one: every JDK says its version in its file `release`.
# Sourced by the other scripts. Sets `jdk` to the JDK's folder.

# The feature version ("25" of "25.0.3") of the JDK in $1, in `feature`; fails if there is no JDK.
read_feature_version() {
  local line
  feature=0
  [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
  while IFS= read -r line; do
    if [[ $line == JAVA_VERSION=* ]]; then
      line=${line#*=}
      line=${line//\"/}
      feature=${line%%[!0-9]*}
      [[ -n $feature ]] && return 0
    fi
  done <"$1/release"
  return 1
}

# Sets `jdk`, or says in one line what to install and ends with exit code 3 (something needed is not there).
find_jdk() {
  local candidate feature on_path
  for candidate in "${JAVA25_HOME-}" "${JAVA_HOME-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [[ -n $candidate ]] && read_feature_version "$candidate" && ((feature >= 25)); then
      jdk=$candidate
      return 0
    fi
  done
  if on_path=$(type -P javac) && on_path=$(readlink -f "$on_path"); then
    candidate=${on_path%/bin/javac}
    if read_feature_version "$candidate" && ((feature >= 25)); then
      jdk=$candidate
      return 0
    fi
  fi
  echo "quintet: no JDK 25 found: install Eclipse Temurin 25 (https://adoptium.net), or set JAVA25_HOME to where one is" >&2
  exit 3
}
