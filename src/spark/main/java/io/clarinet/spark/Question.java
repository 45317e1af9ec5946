package io.clarinet.spark;

import io.clarinet.image.Picture;
import io.clarinet.tensor.Tensor;

/** What a network is asked about pictures. */
interface Question {
  /** The pictures of a batch where so many are wanted: the model may fix another number. */
  int batch(int wanted);

  /** A picture as the network takes it, one item; from any thread. */
  Tensor input(Picture picture);

  /**
   * The answer that the network's output for one picture is.
   *
   * @throws io.clarinet.classify.ClassifierException if it is none
   */
  PictureAnswer answer(Tensor output);
}
