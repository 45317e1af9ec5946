package io.clarinet.kernel.jvm;

/** The three steps of a Winograd convolution, and the tiles that they work on. */
record WinogradSteps(
    WinogradTiles tiles, WinogradInput input, WinogradProduct product, WinogradOutput output) {

  int points() {
    return tiles.filtering().points();
  }
}
