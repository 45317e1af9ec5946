package io.clarinet;

import io.clarinet.backend.opencl.OpenCl;
import io.clarinet.backend.opencl.Selection;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Holds {@link RequiresOpenCl}; a condition, so that reports name the skipped class. */
final class OpenClCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Selection selection = OpenCl.installation().select(TestDevice.request());
    if (selection instanceof Selection.Chosen) {
      return ConditionEvaluationResult.enabled("there is an OpenCL device");
    }
    String reason = "no OpenCL device: " + selection;
    if (Boolean.getBoolean("clarinet.test.requireOpenCl")) {
      Assertions.fail(reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }
}
