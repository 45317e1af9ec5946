package io.clarinet.cli;

import io.clarinet.image.Picture;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** What is asked of a network about each of many pictures. */
interface PictureQuestion {

  /** The pictures of a batch where so many are wanted. */
  int batch(int wanted);

  /** The most classes of an answer; 0 where it is a vector. */
  int top();

  /** A picture as the network takes it, one item; from any thread. */
  Tensor input(Picture picture);

  /**
   * The answer that the network's output for one picture is.
   *
   * @throws RuntimeException if it is none
   */
  Answer answer(String name, Tensor output);

  /** The names and values of all that decides the answers, beside network and device. */
  Map<String, String> facts();

  /** The assumptions made where the model leaves a choice open, a line each. */
  List<String> assumptions();

  /** What a document of the answers says of the question. */
  Map<String, Object> toJson();
}
