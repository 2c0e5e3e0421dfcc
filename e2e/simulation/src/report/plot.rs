//! A picture: some lines over one axis.

use plotters::prelude::*;

/// A line through points.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it shows.
    pub name: String,
    /// From left to right.
    pub points: Vec<(f64, f64)>,
}

/// Some lines over one axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// The file, without a folder.
    pub file: &'static str,
    /// What it says.
    pub title: &'static str,
    /// What lies to the right, with its unit.
    pub across: &'static str,
    /// What lies upwards, with its unit.
    pub up: &'static str,
    /// The lines.
    pub lines: Vec<Line>,
}

/// Width and height in pixels.
const SIZE: (u32, u32) = (820, 460);
/// Told apart by most people with a colour deficiency (Okabe and Ito).
const COLOURS: [RGBColor; 6] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
];

/// What the drawing can fail with.
type NotDrawn = DrawingAreaErrorKind<std::io::Error>;

impl Plot {
    /// As SVG.
    ///
    /// # Errors
    /// The backend refuses, which it does not for what is drawn here.
    pub fn draw(&self) -> Result<String, NotDrawn> {
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
            area.fill(&WHITE)?;
            let (x, y) = (self.range(|point| point.0), self.range(|point| point.1));
            let mut chart = ChartBuilder::on(&area)
                .caption(self.title, ("sans-serif", 18))
                .margin(12)
                .x_label_area_size(44)
                .y_label_area_size(64)
                .build_cartesian_2d(x, y)?;
            chart.configure_mesh().x_desc(self.across).y_desc(self.up).draw()?;
            for (line, colour) in self.lines.iter().zip(COLOURS.into_iter().cycle()) {
                chart
                    .draw_series(LineSeries::new(
                        line.points.iter().copied(),
                        colour.stroke_width(2),
                    ))?
                    .label(line.name.as_str())
                    .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour));
            }
            chart
                .configure_series_labels()
                .position(SeriesLabelPosition::UpperRight)
                .background_style(WHITE.mix(0.85))
                .border_style(BLACK.mix(0.3))
                .draw()?;
            area.present()?;
        }
        Ok(svg)
    }

    /// From the least to the greatest coordinate, with 0, and a little more.
    fn range(&self, coordinate: impl Fn(&(f64, f64)) -> f64) -> std::ops::Range<f64> {
        let all = || self.lines.iter().flat_map(|line| &line.points).map(&coordinate);
        let (least, most) = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
        let margin = ((most - least) * 0.05).max(0.01);
        let low = if least < 0.0 { least - margin } else { 0.0 };
        low..most + margin
    }
}
