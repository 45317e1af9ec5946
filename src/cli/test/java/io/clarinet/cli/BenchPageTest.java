package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clarinet.report.DeviceSpeed;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The parts of the bench page, as markup: no browser is asked. */
class BenchPageTest {
  private static final PresentSpeed SPEED =
      new PresentSpeed(new DeviceSpeed(290e9, 33e9), 154e9, 349e9);

  private static BenchResult result(String model, String device, BenchResult.@Nullable Peer peer) {
    return new BenchResult(model, 8, device, false, 30, 8, 10, 9, 12, 5, 0.5, SPEED, 4, peer);
  }

  private static BenchResult.Peer peer(double ratio, double low, double high) {
    Comparison comparison = new Comparison(ratio, low, high);
    return new BenchResult.Peer("peer 1", 20, 19, 22, 1e-6, comparison);
  }

  private static Document parsed(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader("<page>" + html + "</page>")));
  }

  /** Elements of a name, and of a class where one is given. */
  private static List<Element> all(Document page, String name, String kind) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = page.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      Element element = (Element) nodes.item(i);
      if (kind.isEmpty() || element.getAttribute("class").equals(kind)) {
        found.add(element);
      }
    }
    return found;
  }

  private static double percent(Element element, String attribute) {
    String value = element.getAttribute(attribute);
    assertThat(value).endsWith("%");
    return Double.parseDouble(value.substring(0, value.length() - 1));
  }

  @Test
  void barsWhiskersAndFloorsShareOneScale() throws Exception {
    Document page =
        parsed(
            new BenchPlot(
                    List.of(
                        result("a", "d", peer(0.5, 0.4, 0.75)), result("b", "d", peer(2, 1.9, 2))))
                .html());
    double one = percent(all(page, "line", "unit").get(0), "x1");
    List<Element> bars = all(page, "rect", "");
    assertThat(percent(bars.get(0), "width")).isCloseTo(one / 2, within(0.02));
    assertThat(percent(bars.get(1), "width")).isCloseTo(one * 2, within(0.02));
    List<Element> whiskers = all(page, "line", "whisker");
    assertThat(whiskers).hasSize(2 * 3);
    assertThat(percent(whiskers.get(0), "x1")).isCloseTo(one * 0.4, within(0.02));
    assertThat(percent(whiskers.get(0), "x2")).isCloseTo(one * 0.75, within(0.02));
    assertThat(percent(all(page, "line", "floor").get(0), "x1")).isCloseTo(one / 4, within(0.02));
    for (Element line : all(page, "line", "")) {
      assertThat(percent(line, "x2")).isBetween(0.0, 100.0);
    }
  }

  @Test
  void withoutAPeerTheFloorIsTheUnit() throws Exception {
    Document page = parsed(new BenchPlot(List.of(result("a", "d", null))).html());
    double one = percent(all(page, "line", "unit").get(0), "x1");
    assertThat(percent(all(page, "rect", "ours").get(0), "width")).isCloseTo(2 * one, within(0.02));
    assertThat(all(page, "line", "floor")).isEmpty();
    assertThat(all(page, "li", "")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "0.8, 0.7, 0.99, faster",
    "0.97, 0.93, 1.04, even",
    "1.02, 1, 1.1, even",
    "0.99, 0.9, 1, even",
    "1.2, 1.01, 1.3, slower"
  })
  void whatCannotBeToldApartIsGrey(double ratio, double low, double high, String kind)
      throws Exception {
    List<BenchResult> results = List.of(result("a", "d", peer(ratio, low, high)));
    Document plot = parsed(new BenchPlot(results).html());
    assertThat(all(plot, "rect", kind)).hasSize(1);
    assertThat(all(plot, "i", kind)).hasSize(1);
    assertThat(all(plot, "div", "value " + kind)).hasSize(1);
    assertThat(all(parsed(new BenchTable(results).html()), "b", kind)).hasSize(1);
  }

  /** On a narrow screen there is no header, and each cell says what it is. */
  @Test
  void everyCellCarriesItsTitle() throws Exception {
    List<BenchResult> results =
        List.of(result("<a>", "d1", peer(1, 1, 1)), result("b&", "d2", null));
    Document page = parsed(new BenchTable(results).html());
    List<String> titles = all(page, "th", "").stream().map(Element::getTextContent).toList();
    List<String> carried = new ArrayList<>();
    for (String kind : List.of("", "text")) {
      all(page, "th", kind).forEach(th -> assertThat(th.getTextContent()).isNotBlank());
    }
    NodeList cells = page.getElementsByTagName("td");
    for (int i = 0; i < cells.getLength(); i++) {
      carried.add(((Element) cells.item(i)).getAttribute("data-title"));
    }
    assertThat(carried).hasSize(2 * titles.size());
    assertThat(carried.subList(0, titles.size())).isEqualTo(titles);
    assertThat(titles).contains("device", "peer");
    List<BenchResult> alike =
        List.of(result("a", "d", peer(1, 1, 1)), result("b", "d", peer(1, 1, 1)));
    assertThat(new BenchTable(alike).html())
        .contains("peer 1, ms")
        .doesNotContain(">device<", ">peer<");
  }

  private static String style() throws IOException {
    try (InputStream in = BenchReport.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The colours of the light page, or of the dark one. */
  private static Map<String, String> palette(boolean dark) throws IOException {
    String css = style();
    int start = dark ? css.indexOf("prefers-color-scheme: dark") : css.indexOf(":root {");
    assertThat(start).isNotNegative();
    Matcher colours =
        Pattern.compile("--(\\w+): (#[0-9a-f]{6});")
            .matcher(css.substring(start, css.indexOf('}', start)));
    Map<String, String> palette = new LinkedHashMap<>();
    while (colours.find()) {
      palette.put(colours.group(1), colours.group(2));
    }
    return palette;
  }

  /** Relative luminance as WCAG 2 defines it. */
  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static double contrast(String a, String b) {
    double light = Math.max(luminance(a), luminance(b));
    double dark = Math.min(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
  }

  @Test
  void textCanBeReadInBothLights() throws IOException {
    for (boolean dark : new boolean[] {false, true}) {
      Map<String, String> palette = palette(dark);
      for (String ground : List.of("ground", "card")) {
        for (String text : List.of("ink", "soft", "faster", "slower", "even", "unit", "floor")) {
          assertThat(contrast(palette.get(text), palette.get(ground)))
              .as("%s on %s, dark: %s", text, ground, dark)
              .isGreaterThan(4.5);
        }
      }
    }
    assertThat(palette(true).keySet()).isEqualTo(palette(false).keySet());
  }

  /** A colour that is written down elsewhere stays light in the dark. */
  @Test
  void allColoursComeFromThePalettes() throws IOException {
    String rules = style().replaceAll("(?s):root \\{.*?\\}", "");
    assertThat(rules).doesNotContainPattern("#[0-9a-fA-F]{3,8}\\b").doesNotContain("rgb(");
    TreeSet<String> used = new TreeSet<>();
    Matcher uses = Pattern.compile("var\\(--(\\w+)\\)").matcher(rules);
    while (uses.find()) {
      used.add(uses.group(1));
    }
    assertThat(used).isEqualTo(new TreeSet<>(palette(false).keySet()));
    assertThat(new BenchPlot(List.of(result("a", "d", peer(1, 1, 1)))).html())
        .doesNotContain("#", "fill=", "stroke=");
  }
}
