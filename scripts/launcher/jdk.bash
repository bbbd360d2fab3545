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

# Where installers put JDKs. A folder named by JAVA25_HOME comes first, then JAVA_HOME; the one on the PATH comes last.
jdk_places=(/usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk*
  "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/*
  /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home
  /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home)

# Sets `jdk`, or says in one line what to install and ends with exit code 3 (something needed is not there).
find_jdk() {
  local feature javac
  if [[ -n ${JAVA25_HOME-} ]]; then
    use_jdk "$JAVA25_HOME" && return
    refuse_without_jdk "JAVA25_HOME is $JAVA25_HOME, which holds no JDK 25 or later"
  fi
  for jdk in "${JAVA_HOME-}" ${jdk_places[@]+"${jdk_places[@]}"}; do
    use_jdk "$jdk" && return
  done
  if javac=$(type -P javac) && javac=$(readlink -f "$javac"); then
    use_jdk "${javac%/bin/javac}" && return
  fi
  refuse_without_jdk "no JDK 25 or later found"
}

use_jdk() {
  jdk=$1
  read_feature_version "$jdk" && ((feature >= 25))
}

refuse_without_jdk() {
  echo "quintet: $1: install Eclipse Temurin 25 (https://adoptium.net), or set JAVA25_HOME to where a JDK 25 is" >&2
  exit 3
}
