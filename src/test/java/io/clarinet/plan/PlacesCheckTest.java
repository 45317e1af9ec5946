package io.clarinet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.kernel.Layout;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A slot cannot be put where its elements would not be; a place beside its slot is found out. */
class PlacesCheckTest {
  private final Values values = new Values();
  private final Slot x = slot(2, 6);

  private Slot slot(int... dims) {
    return values.slot(Fact.of(Shape.of(dims)), Layout.PLAIN);
  }

  private static Place place(Slot slot, long offset, long batchStride) {
    return new Place(
        Place.Space.ARENA, 0, 4 * offset, batchStride, slot.layout, slot.type, slot.shape);
  }

  private boolean holds(Slot read, Place at, long arenaBytes) {
    return new PlacesCheck(slot -> slot == read ? at : place(slot, 0, 6))
        .holds(List.of(x), List.of(), List.of(new Values.Source.In(read)), List.of(arenaBytes));
  }

  @Test
  void aViewOfAViewForgetsTheBatchThatTheOneBetweenHasNot() {
    Slot whole = slot(4, 6);
    Slot rows = slot(8, 3);
    Slot items = slot(4, 3, 2);
    rows.putInOnePieceInto(whole, 0);
    items.putInOnePieceInto(rows, 0);
    assertThat(items.batchStride()).isEqualTo(6);
    assertThat(rows.batchStride()).isEqualTo(3);
    assertThat(items.offset()).isZero();
  }

  @Test
  void whatIsReadInOnePieceIsNotSpreadLater() {
    slot(4, 3).putInOnePieceInto(x, 0);
    assertThat(x.isUndivided()).isTrue();
    assertThatThrownBy(() -> x.putItemByItemInto(slot(2, 12), 6))
        .hasMessageContaining("must stay in one piece");
  }

  @Test
  void whatIsSpreadIsNotReadInOnePieceLater() {
    x.putItemByItemInto(slot(2, 12), 6);
    assertThatThrownBy(() -> slot(4, 3).putInOnePieceInto(x, 0)).hasMessageContaining("gaps");
    Slot heads = slot(2, 2, 3);
    heads.putItemByItemInto(x, 0);
    assertThat(heads.batchStride()).isEqualTo(12);
    assertThat(heads.offset()).isEqualTo(6);
  }

  @Test
  void aSingleItemHasNoGaps() {
    Slot one = slot(1, 6);
    one.putItemByItemInto(slot(1, 12), 6);
    Slot rows = slot(2, 3);
    rows.putInOnePieceInto(one, 0);
    assertThat(rows.batchStride()).isEqualTo(3);
    assertThat(rows.offset()).isEqualTo(6);
  }

  @Test
  void aPlaceOfAnotherStrideIsFound() {
    Slot view = slot(4, 3);
    view.putInOnePieceInto(x, 0);
    assertThat(holds(view, place(view, 0, 3), 48)).isTrue();
    assertThatThrownBy(() -> holds(view, place(view, 0, 6), 48)).hasMessageContaining("elsewhere");
    assertThatThrownBy(() -> holds(view, place(view, 1, 3), 48)).hasMessageContaining("elsewhere");
  }

  @Test
  void aValueThatNothingWroteIsFound() {
    Slot other = slot(2, 6);
    assertThatThrownBy(() -> holds(other, place(other, 0, 6), 48))
        .hasMessageContaining("read before it is written");
  }

  @Test
  void anArenaThatIsTooSmallIsFound() {
    assertThatThrownBy(() -> holds(x, place(x, 0, 6), 40)).hasMessageContaining("overlaps");
  }

  @Test
  void valuesOnTopOfEachOtherAreFound() {
    Slot other = slot(2, 6);
    PlacesCheck check = new PlacesCheck(slot -> place(slot, slot == x ? 0 : 11, 6));
    List<Values.Source> results = List.of(new Values.Source.In(x), new Values.Source.In(other));
    assertThatThrownBy(() -> check.holds(List.of(x, other), List.of(), results, List.of(96L)))
        .hasMessageContaining("overlaps");
    assertThat(other.type).isEqualTo(ElementType.FLOAT32);
  }
}
