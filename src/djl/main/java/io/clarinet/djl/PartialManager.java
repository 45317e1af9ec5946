package io.clarinet.djl;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.PairList;
import java.nio.Buffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A manager whose missing calls name themselves; {@link HostManager} has the others. */
abstract class PartialManager extends BaseNDManager {
  private static final String REMEDY = "make the values in Java, and an array of them by create";

  PartialManager(@Nullable NDManager parent, Device device) {
    super(parent, device);
  }

  private static UnsupportedOperationException refusal(String call) {
    return Refusal.of("NDManager." + call, REMEDY);
  }

  @Override
  public NDArray create(String[] data, Charset charset, Shape shape) {
    throw refusal("create(String[], Charset, Shape)");
  }

  @Override
  public NDArray createCSR(Buffer data, long[] indptr, long[] indices, Shape shape) {
    throw refusal("createCSR(Buffer, long[], long[], Shape)");
  }

  @Override
  public NDArray createRowSparse(Buffer data, Shape dataShape, long[] indices, Shape shape) {
    throw refusal("createRowSparse(Buffer, Shape, long[], Shape)");
  }

  @Override
  public NDArray createCoo(Buffer data, long[][] indices, Shape shape) {
    throw refusal("createCoo(Buffer, long[][], Shape)");
  }

  @Override
  public NDList load(Path path) {
    throw refusal("load(Path)");
  }

  @Override
  public NDArray arange(float start, float stop, float step, DataType dataType) {
    throw refusal("arange(float, float, float, DataType)");
  }

  @Override
  public NDArray eye(int rows, int cols, int k, DataType dataType) {
    throw refusal("eye(int, int, int, DataType)");
  }

  @Override
  public NDArray linspace(float start, float stop, int num, boolean endpoint) {
    throw refusal("linspace(float, float, int, boolean)");
  }

  @Override
  public NDArray randomInteger(long low, long high, Shape shape, DataType dataType) {
    throw refusal("randomInteger(long, long, Shape, DataType)");
  }

  @Override
  public NDArray randomPermutation(long n) {
    throw refusal("randomPermutation(long)");
  }

  @Override
  public NDArray randomUniform(float low, float high, Shape shape, DataType dataType) {
    throw refusal("randomUniform(float, float, Shape, DataType)");
  }

  @Override
  public NDArray randomNormal(float loc, float scale, Shape shape, DataType dataType) {
    throw refusal("randomNormal(float, float, Shape, DataType)");
  }

  @Override
  public NDArray randomMultinomial(int n, NDArray pValues) {
    throw refusal("randomMultinomial(int, NDArray)");
  }

  @Override
  public NDArray randomMultinomial(int n, NDArray pValues, Shape shape) {
    throw refusal("randomMultinomial(int, NDArray, Shape)");
  }

  @Override
  public NDArray sampleNormal(NDArray mu, NDArray sigma) {
    throw refusal("sampleNormal(NDArray, NDArray)");
  }

  @Override
  public NDArray sampleNormal(NDArray mu, NDArray sigma, Shape shape) {
    throw refusal("sampleNormal(NDArray, NDArray, Shape)");
  }

  @Override
  public NDArray samplePoisson(NDArray lam) {
    throw refusal("samplePoisson(NDArray)");
  }

  @Override
  public NDArray samplePoisson(NDArray lam, Shape shape) {
    throw refusal("samplePoisson(NDArray, Shape)");
  }

  @Override
  public NDArray sampleGamma(NDArray alpha, NDArray beta) {
    throw refusal("sampleGamma(NDArray, NDArray)");
  }

  @Override
  public NDArray sampleGamma(NDArray alpha, NDArray beta, Shape shape) {
    throw refusal("sampleGamma(NDArray, NDArray, Shape)");
  }

  @Override
  public void invoke(String operation, NDArray[] src, NDArray[] dest, PairList<String, ?> params) {
    throw refusal("invoke(String, NDArray[], NDArray[], PairList)");
  }

  @Override
  public NDList invoke(String operation, NDList src, PairList<String, ?> params) {
    throw refusal("invoke(String, NDList, PairList)");
  }
}
