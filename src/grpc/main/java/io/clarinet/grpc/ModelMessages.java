package io.clarinet.grpc;

import io.clarinet.graph.Input;
import io.clarinet.grpc.proto.InferBatchStatistics;
import io.clarinet.grpc.proto.InferStatistics;
import io.clarinet.grpc.proto.ModelConfig;
import io.clarinet.grpc.proto.ModelConfigResponse;
import io.clarinet.grpc.proto.ModelDynamicBatching;
import io.clarinet.grpc.proto.ModelInput;
import io.clarinet.grpc.proto.ModelMetadataResponse;
import io.clarinet.grpc.proto.ModelMetadataResponse.TensorMetadata;
import io.clarinet.grpc.proto.ModelOutput;
import io.clarinet.grpc.proto.ModelStatistics;
import io.clarinet.grpc.proto.ModelStatisticsResponse;
import io.clarinet.grpc.proto.RepositoryIndexResponse;
import io.clarinet.grpc.proto.RepositoryIndexResponse.ModelIndex;
import io.clarinet.grpc.proto.StatisticDuration;
import io.clarinet.server.model.DataType;
import io.clarinet.server.model.Models;
import io.clarinet.server.model.Served;
import io.clarinet.server.model.Tally;
import io.clarinet.server.v2.ModelRoutes;
import java.util.List;

/** What is told of models. */
final class ModelMessages {
  private static final String PLATFORM = "clarinet_graph";

  private ModelMessages() {}

  static ModelMetadataResponse metadata(Served served) {
    return ModelMetadataResponse.newBuilder()
        .setName(served.name())
        .addVersions(ModelRoutes.VERSION)
        .setPlatform(PLATFORM)
        .addAllInputs(served.signature().inputs().stream().map(ModelMessages::value).toList())
        .addAllOutputs(served.signature().outputs().stream().map(ModelMessages::value).toList())
        .build();
  }

  private static TensorMetadata value(Input value) {
    return TensorMetadata.newBuilder()
        .setName(value.name())
        .setDatatype(DataType.of(value.type()).orElseThrow().name())
        .addAllShape(value.dims().stream().map(Integer::longValue).toList())
        .build();
  }

  static ModelConfigResponse config(Served served) {
    boolean batched = served.largestBatch() > 0;
    ModelConfig.Builder config =
        ModelConfig.newBuilder()
            .setName(served.name())
            .setPlatform(PLATFORM)
            .setBackend("clarinet")
            .setMaxBatchSize(served.largestBatch());
    if (batched) {
      config.setDynamicBatching(ModelDynamicBatching.getDefaultInstance());
    }
    for (Input input : served.signature().inputs()) {
      config.addInput(
          ModelInput.newBuilder()
              .setName(input.name())
              .setDataType(type(input))
              .addAllDims(dims(input, batched)));
    }
    for (Input output : served.signature().outputs()) {
      config.addOutput(
          ModelOutput.newBuilder()
              .setName(output.name())
              .setDataType(type(output))
              .addAllDims(dims(output, batched)));
    }
    return ModelConfigResponse.newBuilder().setConfig(config).build();
  }

  private static io.clarinet.grpc.proto.DataType type(Input value) {
    return io.clarinet.grpc.proto.DataType.valueOf(
        "TYPE_" + DataType.of(value.type()).orElseThrow().name());
  }

  /** Extents, without that of the batch where requests share batches. */
  private static List<Long> dims(Input value, boolean batched) {
    return value.dims().stream().skip(batched ? 1 : 0).map(Integer::longValue).toList();
  }

  static ModelStatisticsResponse statistics(List<Served> models) {
    return ModelStatisticsResponse.newBuilder()
        .addAllModelStats(models.stream().map(ModelMessages::statistics).toList())
        .build();
  }

  private static ModelStatistics statistics(Served served) {
    Tally.Counts counts = served.tally().counts();
    ModelStatistics.Builder statistics =
        ModelStatistics.newBuilder()
            .setName(served.name())
            .setVersion(ModelRoutes.VERSION)
            .setLastInference(counts.lastMillis())
            .setInferenceCount(counts.items())
            .setExecutionCount(counts.executions())
            .setInferenceStats(
                InferStatistics.newBuilder()
                    .setSuccess(duration(counts.success()))
                    .setFail(duration(counts.failure()))
                    .setQueue(duration(counts.queue()))
                    .setComputeInfer(duration(counts.compute())));
    counts
        .batches()
        .forEach(
            (size, sum) ->
                statistics.addBatchStats(
                    InferBatchStatistics.newBuilder()
                        .setBatchSize(size)
                        .setComputeInfer(duration(sum))));
    return statistics.build();
  }

  private static StatisticDuration duration(Tally.Sum sum) {
    return StatisticDuration.newBuilder().setCount(sum.count()).setNs(sum.nanos()).build();
  }

  static RepositoryIndexResponse index(List<Models.Status> all, boolean onlyReady) {
    RepositoryIndexResponse.Builder index = RepositoryIndexResponse.newBuilder();
    for (Models.Status status : all) {
      if (!onlyReady || status.state() == Models.State.READY) {
        index.addModels(
            ModelIndex.newBuilder()
                .setName(status.name())
                .setVersion(ModelRoutes.VERSION)
                .setState(status.state().name())
                .setReason(status.reason()));
      }
    }
    return index.build();
  }
}
