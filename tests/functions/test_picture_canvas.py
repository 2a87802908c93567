"""Drawing without a graphics library: shapes true to their area, letters that fit, a file others read."""

from __future__ import annotations

import io
import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from functions.public_api.picture.canvas import Canvas
from functions.public_api.picture.letters import OVERHANG, Style, letters, line, wrapped
from functions.public_api.words import LANGUAGES, table
from infra import letters as drawing
from shared.labels import label

WHITE, BLACK, RED = (255, 255, 255), (0, 0, 0), (200, 0, 0)


def picture(canvas: Canvas) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(canvas.png())))


def dark(canvas: Canvas) -> float:
    """Pixels' worth of black on white."""
    return float((255 - picture(canvas)[..., 0].astype(float)).sum() / 255)


@settings(max_examples=60, deadline=None)
@given(
    st.floats(20, 60), st.floats(20, 60), st.floats(2, 18), st.floats(0, 0.9), st.integers(3, 40)
)  # fmt: skip
def test_a_shape_takes_as_many_pixels_as_it_is_large(x, y, radius, hole, corners):
    angles = [2 * math.pi * at / corners for at in range(corners)]
    ring = [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]
    inner = [(x + (px - x) * hole, y + (py - y) * hole) for px, py in ring]
    shape = shapely.Polygon(ring, [inner] if hole > 0.1 else None)
    canvas = Canvas(80, 80, WHITE)
    canvas.fill(shape, BLACK)
    assert dark(canvas) == pytest.approx(shape.area, abs=1 + shape.length * 0.03)


def test_edges_between_pixels_are_mixed():
    canvas = Canvas(4, 3, WHITE)
    canvas.fill(shapely.box(1.5, 1, 3, 2), BLACK)
    assert picture(canvas)[1, :, 0].tolist() == [255, 128, 0, 255]
    assert (picture(canvas)[[0, 2]] == 255).all()


def test_what_lies_outside_is_left_out():
    canvas = Canvas(10, 10, WHITE)
    canvas.fill(shapely.box(-50, -50, 5, 60), BLACK)
    canvas.fill(shapely.box(20, 20, 30, 30), BLACK)
    canvas.fill(shapely.MultiPolygon(), BLACK)
    assert dark(canvas) == pytest.approx(50)


def test_a_shape_that_lets_through_is_mixed_with_what_lies_under_it():
    canvas = Canvas(3, 3, RED)
    canvas.fill(shapely.box(0, 0, 3, 3), WHITE, 0.5)
    assert picture(canvas)[1, 1].tolist() == [228, 128, 128]


def test_shapes_apart_and_touching_are_all_filled():
    canvas = Canvas(40, 10, WHITE)
    canvas.fill(shapely.MultiPolygon([shapely.box(at, 2, at + 3, 8) for at in range(0, 40, 5)]), BLACK)
    assert dark(canvas) == pytest.approx(8 * 3 * 6)


def test_a_line_is_as_wide_as_said_whichever_way_it_goes():
    for end in ((90, 50), (50, 90), (10, 50), (50, 10), (80, 80), (20, 75)):
        canvas = Canvas(100, 100, WHITE)
        line_to = shapely.LineString([(50, 50), end])
        canvas.stroke(line_to, 4, BLACK)
        assert dark(canvas) == pytest.approx((line_to.length + 2) * 4, rel=0.02)


def test_the_pieces_of_a_line_are_one():
    canvas = Canvas(100, 20, WHITE)
    canvas.stroke(shapely.LineString([(x, 10) for x in range(5, 96)]), 6, BLACK)
    assert dark(canvas) == pytest.approx(90 * 6 + 6 * 3, rel=0.02)


def test_dots_that_meet_are_no_darker_and_leave_no_hole():
    canvas = Canvas(40, 20, WHITE)
    canvas.dots(np.array([(10.0, 10.0), (10.0, 10.0), (30.0, 10.0)]), 5, BLACK)
    assert dark(canvas) == pytest.approx(2 * math.pi * 25, rel=0.06)
    assert picture(canvas)[10, 10, 0] == 0


def test_a_picture_is_placed_in_another():
    canvas, small = Canvas(10, 10, WHITE), Canvas(4, 3, BLACK)
    canvas.place(small, 5, 6)
    assert dark(canvas) == 12
    assert picture(canvas)[6, 5, 0] == 0


@pytest.mark.parametrize("at", [(-3, -2), (7, 8), (-20, 4), (50, 4), (4, -50), (4, 50)])
def test_a_cover_may_reach_over_the_edge(at: tuple[int, int]):
    left, top = at
    canvas = Canvas(10, 10, WHITE)
    canvas.paint(np.ones((4, 6), dtype=np.float32), left, top, BLACK)
    seen = shapely.box(left, top, left + 6, top + 4).intersection(shapely.box(0, 0, 10, 10))
    assert dark(canvas) == seen.area


def test_the_letters_are_those_that_the_command_draws():
    known = letters(Style.TITLE)
    assert set(known.places) == set(drawing.characters())
    assert drawing.OVERHANG == OVERHANG


def test_every_letter_of_the_words_that_are_drawn_is_there():
    said = "".join(
        text
        for language in LANGUAGES
        for name, text in table()[language].items()
        if name.startswith("preview") or name in ("site", "exercise")
    )
    severities = ("Extreme", "Severe", "Moderate", "Minor")
    said += "".join(label("severity", value, language) for value in severities for language in LANGUAGES)
    assert set(said + said.upper()) <= set(letters(Style.TEXT).places)


def test_a_letter_that_is_not_there_loses_its_accent_or_is_asked_about():
    assert (line("ấ", Style.TEXT) == line("a", Style.TEXT)).all()
    assert (line("日", Style.TEXT) == line("?", Style.TEXT)).all()
    assert line("\u202e\u200b\n", Style.TEXT).shape == line("", Style.TEXT).shape


def test_letters_written_apart_from_their_accents_are_one():
    assert (line("z\u0307o\u0301", Style.TITLE) == line("żó", Style.TITLE)).all()


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("text", ["", "Krótki", "Brak wody przy ulicach " * 9, "X" * 200, "a " * 300])
def test_lines_keep_to_their_width_and_number(style, text):
    rows = wrapped(text, style, 300, 3)
    assert len(rows) <= 3
    assert all(row.shape[1] <= 300 for row in rows)


def test_whole_words_are_kept_where_they_fit():
    width = line("Brak wody", Style.TEXT).shape[1]
    rows = wrapped("Brak wody jutro", Style.TEXT, width, 3)
    assert [row.shape for row in rows] == [line(row, Style.TEXT).shape for row in ("Brak wody", "jutro")]
