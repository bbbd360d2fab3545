# When the JVM's compilers do their work (docs/BENCHMARKS.md says what each of these flags gives).
# Sourced by `quintet` and `bench`. Adds to `jvm`.

# Adds to `jvm` what makes encryption and hashing fast from the first megabyte on. The JVM uses the processor's own
# instructions for them in optimized callers only, and a caller that runs a few times per 1 MiB chunk is optimized after
# hundreds of chunks. So the few callers are optimized when they are first called, and whoever calls waits for it. They alone:
# with the methods around them the compiler is busy for half a second. `engineUpdate` is among them because the quick compiler
# would take the next one into it after some hundred chunks, and hash block by block from then on, which is a tenth slower.
compile_crypto_early() {
  local method
  jvm+=(-XX:CompileCommand=quiet)
  for method in sun.security.provider.{SHA2::implCompress,DigestBase::engineUpdate,DigestBase::implCompressMultiBlock} \
    com.sun.crypto.provider.{AESCrypt::encryptBlock,CounterMode::crypt,GHASH::update,GaloisCounterMode::implGCMCrypt}; do
    jvm+=("-XX:CompileCommand=CompileThresholdScaling,$method,0.00001"
      "-XX:CompileCommand=BackgroundCompilation,$method,false")
  done
}

# Adds to `jvm` what keeps the optimizing compiler from work that never pays: most commands are over after seconds, a
# node rests, and both spent a quarter of their processor time in that compiler. Everything else stays with the quick
# compiler's code ten times as long; Netty's handler chain, whose optimizing takes half a second and gains little, longer.
# In a node and in a download the quick compiler's code takes no profile, which makes it smaller and faster; the little that
# is optimized later (hashes, ciphers) has no use for one. Thirty nodes meet with a fifth less processor time, and store with
# a sixth less. A compressor written in Java would be a quarter slower, so uploads keep their profiles. And that code comes
# three times sooner, which makes up a twelfth of the time of a long download and costs a short one nothing.
compile_little() {
  jvm+=(-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000
    -XX:Tier4BackEdgeThreshold=400000 -XX:CompileCommand=quiet
    "-XX:CompileCommand=CompileThresholdScaling,io.netty.channel.AbstractChannelHandlerContext::*,20.0")
  if [[ ${1-} == get || ${1-} == node ]]; then
    jvm+=(-XX:-C1ProfileCalls -XX:-C1ProfileVirtualCalls -XX:-C1ProfileInlinedCalls -XX:-C1ProfileCheckcasts
      -XX:-C1ProfileBranches
      -XX:Tier3InvocationThreshold=60 -XX:Tier3MinInvocationThreshold=30 -XX:Tier3CompileThreshold=600)
  fi
}
