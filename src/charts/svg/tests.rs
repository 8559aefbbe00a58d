use super::samples::*;
use super::*;
#[test]
fn zz_render() {
    std::fs::create_dir_all("/tmp/out").unwrap();
    for chart in [detentions(), ambulance_share(), response_times(), young(), rare(), crowded()] {
        for (n, s) in
            [("wide", draw(&chart)), ("narrow", draw_narrow(&chart)), ("alone", standalone(&chart))]
        {
            let s = s.unwrap();
            eprintln!("{} {n} {}", chart.id, s.len());
            std::fs::write(format!("/tmp/out/{}-{n}.svg", chart.id), s).unwrap();
        }
    }
}
