package io.clarinet.backend.opencl;

/** Selects the devices that its arguments name and says what came of it: for child JVMs. */
final class ProbeProgram {
  private ProbeProgram() {}

  public static void main(String[] requests) {
    for (String request : requests) {
      Selection selection = OpenCl.installation().select(request);
      System.out.println(request + " -> " + selection);
    }
    System.out.println("devices " + OpenCl.installation().devices(false));
    System.out.println("unique names: " + System.getProperty("uniqueLibraryNames"));
    System.out.println("division throws: " + JvmSignals.divisionByZeroThrows());
  }
}
