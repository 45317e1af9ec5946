package io.clarinet.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.Bundled;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.server.Server;
import io.clarinet.server.TestServer;
import io.clarinet.server.http.Guard;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.clarinet.server.model.ModelSource;
import io.clarinet.server.model.Serving;
import io.clarinet.tensor.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in a real browser, {@code -Dclarinet.browser=}, as {@code ./clarinet test --browser}
 * runs it. Pictures of the page go into {@code target/browser}.
 */
@EnabledIfSystemProperty(
    named = "clarinet.browser",
    matches = ".+",
    disabledReason = "./clarinet test --browser runs it")
@Timeout(120)
class PageBrowserTest {
  private static final Path SHOTS = Path.of("target/browser");
  private static final String TOKEN = "a token that nobody knows";

  private static Server server;
  private static Server guarded;
  private static Browser browser;

  @TempDir static Path folder;

  @BeforeAll
  static void start() throws IOException {
    Map<String, ModelSource> models = new TreeMap<>();
    models.put("characters", Model::bundled);
    models.put("copy", () -> TestServer.identity(ElementType.FLOAT32, -1, 2));
    server = start(Guard.loopback(), models);
    guarded = start(Guard.of(TOKEN), Map.of("characters", Model::bundled));
    Files.createDirectories(SHOTS);
    Path profile = Files.createDirectories(folder.resolve("profile"));
    browser = new Browser(System.getProperty("clarinet.browser"), profile);
  }

  private static Server start(Guard guard, Map<String, ModelSource> models) throws IOException {
    HttpOptions options = new HttpOptions("127.0.0.1", 0, null, guard, HttpLimits.DEFAULT);
    Serving serving = Serving.on(List.of(Device.cpu()));
    Server started = Server.start(options, serving, "test", answered -> {});
    started.load(models);
    return started;
  }

  @AfterAll
  static void end() {
    browser.close();
    server.close();
    guarded.close();
  }

  /** Scripts that threw, files that were missing, and whatever the policy held back. */
  @AfterEach
  void nothingWentWrongInThePage() {
    assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("401"));
  }

  private static void open(int width, String scheme) {
    open(server, width, scheme);
    browser.await("document.getElementById('model').value === 'characters'");
  }

  private static void open(Server from, int width, String scheme) {
    browser.open("http://127.0.0.1:" + from.port() + "/", width, 900, scheme);
  }

  private static String text(String id) {
    return browser.value("document.getElementById('" + id + "').textContent").asText();
  }

  private static boolean isShown(String id) {
    return browser.value("document.getElementById('" + id + "').checkVisibility()").asBoolean();
  }

  private static String first() {
    return browser.value("document.querySelector('#classes .name').textContent").asText();
  }

  private static void shoot(String name) throws IOException {
    Files.write(SHOTS.resolve(name + ".png"), browser.screenshot());
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "360, light", "360, dark"})
  void aPictureIsReadAndShownWhere(int width, String scheme) throws IOException {
    open(width, scheme);
    Path file = folder.resolve("2_P.png");
    Files.write(file, Bundled.samples().get("2_P.png").png());
    browser.choose("#file", file);
    browser.await("document.querySelector('#frame.hot')");
    assertThat(first()).isEqualTo("P");
    assertThat(text("said")).startsWith("It sees P 9");
    assertThat(text("device")).startsWith("cpu");
    assertThat(text("took")).contains("ms");
    assertThat(browser.value("document.getElementById('shown').alt").asText()).isEqualTo("2_P.png");
    browser.value("document.getElementById('measure').click()");
    browser.await("document.querySelectorAll('#blocks rect').length > 20");
    browser.await("Number(document.getElementById('totals').textContent.split(' ')[0]) > 0");
    browser.await("document.querySelector('#rate-line polyline')");
    assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth").asBoolean())
        .as("nothing is cut off at the right")
        .isTrue();
    shoot(width + "-" + scheme);
  }

  /** The hottest place of the map lies on the letter; another class has another map. */
  @Test
  void aClassThatIsChosenIsShownInItsPlace() {
    open(1280, "light");
    browser.value("document.querySelector('#samples button:nth-child(2)').click()");
    browser.await("document.querySelector('#frame.hot')");
    JsonNode place =
        browser.value(
            "(({left, top, width, height}) => [left, top, width, height])"
                + "(document.getElementById('heat').style)");
    assertThat(place.toString()).isEqualTo("[\"0%\",\"0%\",\"100%\",\"100%\"]");
    String before = browser.value("document.getElementById('heat').toDataURL()").asText();
    browser.value("document.querySelector('#classes li:nth-child(2) button').click()");
    browser.await("document.querySelector('#classes li:nth-child(2) [aria-pressed=true]')");
    assertThat(browser.value("document.getElementById('heat').toDataURL()").asText())
        .isNotEqualTo(before);
    browser.value("document.getElementById('heat-on').click()");
    browser.await("!document.querySelector('#frame.hot')");
  }

  @Test
  void aDrawingIsRead() throws IOException {
    open(360, "light");
    browser.value("document.getElementById('draw').click()");
    browser.value("document.getElementById('pad').scrollIntoView({block: 'center'})");
    JsonNode box =
        browser.value(
            "(({x, y, width}) => [x, y, width])(document.getElementById('pad')"
                + ".getBoundingClientRect())");
    double unit = box.get(2).asDouble() / 280;
    double[][] letter = {{90, 50}, {90, 230}, {200, 230}};
    browser.pointer("mousePressed", at(box, 0, unit, letter[0]), at(box, 1, unit, letter[0]));
    for (double[] point : letter) {
      browser.pointer("mouseMoved", at(box, 0, unit, point), at(box, 1, unit, point));
    }
    browser.pointer("mouseReleased", at(box, 0, unit, letter[2]), at(box, 1, unit, letter[2]));
    browser.await("document.querySelector('#classes .name')");
    assertThat(first()).isEqualTo("L");
    shoot("drawn");
  }

  private static double at(JsonNode box, int axis, double unit, double[] point) {
    return box.get(axis).asDouble() + unit * point[axis];
  }

  @Test
  void aCharacterIsDrawnByKeyboardToo() {
    open(1280, "dark");
    browser.value("document.getElementById('draw').focus()");
    browser.press("Enter", 13);
    browser.await("document.activeElement.id === 'pad'");
    browser.press(" ", 32);
    assertThat(text("said")).isEqualTo("Pen down");
    for (int i = 0; i < 10; i++) {
      browser.press("ArrowDown", 40);
    }
    browser.await("document.querySelector('#classes .name')");
    assertThat(first()).isIn("1", "I");
  }

  /** What can be pressed has a name, is reached by Tab, and shows that it is. */
  @Test
  void everyControlIsReachedByKeyboardAndHasAName() {
    open(1280, "light");
    browser.value("document.querySelector('#samples button').click()");
    browser.await("document.querySelector('#frame.hot')");
    browser.value("document.activeElement.blur()");
    int visible =
        browser
            .value(
                "[...document.querySelectorAll('a, button, select, input, [tabindex=\"0\"]')]"
                    + ".filter(e => e.checkVisibility() && !e.disabled).length")
            .asInt();
    for (int i = 0; i < visible; i++) {
      browser.press("Tab", 9);
      JsonNode told =
          browser.value(
              "(e => [e.tagName, e.labels?.[0]?.textContent || e.ariaLabel || e.textContent"
                  + " || e.querySelector('img')?.alt, getComputedStyle(e).outlineStyle,"
                  + " e.dataset.reached ?? ''])(document.activeElement)");
      assertThat(told.get(1).asText()).as("name of %s", told).isNotBlank();
      assertThat(told.get(2).asText()).as("focus of %s", told).isNotEqualTo("none");
      assertThat(told.get(3).asText()).as("reached once, %s", told).isEmpty();
      browser.value("document.activeElement.dataset.reached = 'yes'");
    }
  }

  /** Text against what is behind it, WCAG 2.1's level AA. */
  @ParameterizedTest
  @CsvSource({"light", "dark"})
  void textHasContrast(String scheme) {
    open(1280, scheme);
    browser.value("document.querySelector('#samples button').click()");
    browser.await("document.querySelector('#frame.hot')");
    browser.value("document.getElementById('measure').click()");
    browser.await("document.querySelector('#layers table')");
    JsonNode weak = browser.value(CONTRAST);
    assertThat(weak).as("texts of too little contrast").isEmpty();
  }

  private static final String CONTRAST =
      """
      (() => {
        const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
        const linear = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        const light = (c) => 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
        const behind = (e) => {
          for (; e; e = e.parentElement) {
            const c = rgb(getComputedStyle(e).backgroundColor);
            if (c.length < 4 || c[3] > 0) return c;
          }
          return [255, 255, 255];
        };
        const weak = [];
        for (const e of document.querySelectorAll('body *')) {
          const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
          if (!own || !e.checkVisibility() || e.closest('svg') || e.disabled) continue;
          const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))];
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < 4.5) weak.push(e.textContent.trim().slice(0, 40) + ' ' + ratio.toFixed(2));
        }
        return weak;
      })()
      """;

  @Test
  void aModelThatIsNoClassifierSaysSo() {
    open(360, "dark");
    browser.value(
        "(s => { s.value = 'copy'; s.dispatchEvent(new Event('change')); })"
            + "(document.getElementById('model'))");
    assertThat(isShown("draw")).isFalse();
    assertThat(isShown("heat-switch")).isFalse();
    browser.value(
        "(t => { t.items.add(new File(['x'], 'x.png', {type: 'image/png'}));"
            + " document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: t})); })"
            + "(new DataTransfer())");
    browser.await("document.getElementById('trouble').checkVisibility()");
    assertThat(text("trouble")).isEqualTo("copy is no classifier of pictures.");
  }

  /** The page itself is open to all; what it asks for wants the token, which it asks of people. */
  @Test
  void aTokenIsAskedForOnce() {
    open(guarded, 360, "light");
    browser.await("document.getElementById('ask').open");
    browser.value(
        "document.getElementById('token').value = '"
            + TOKEN
            + "',"
            + " document.querySelector('#ask button').click()");
    browser.await("document.getElementById('model').value === 'characters'");
    assertThat(browser.value("document.getElementById('ask').open").asBoolean()).isFalse();
  }
}
