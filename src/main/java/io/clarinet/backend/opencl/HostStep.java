package io.clarinet.backend.opencl;

import io.clarinet.backend.HostCall;
import io.clarinet.backend.Span;
import io.clarinet.plan.Step;
import org.jocl.cl_command_queue;

/** A step that runs on the host, between a download and an upload. */
record HostStep(Step step, HostCall call) implements OpenClStep {

  @Override
  public void run(cl_command_queue queue) {
    call.run();
  }

  @Override
  public void trace(cl_command_queue queue, Recorder recorder, int index) {
    recorder.finish();
    recorder.host(Span.Kind.DOWNLOAD, index, step.node(), call::download);
    recorder.host(Span.Kind.HOST, index, step.kernel(), call::compute);
    recorder.host(Span.Kind.UPLOAD, index, step.node(), call::upload);
  }
}
