use std::time::{Duration, Instant};

use crate::scene::Scene;

/// The statuses of the responses to requests with this method.
fn statuses(scene: &Scene, method: &str) -> Vec<u16> {
    let requests = scene.discord.requests();
    requests.iter().filter(|request| request.method == method).filter_map(|request| request.status).collect()
}

#[test]
fn a_limit_in_the_headers_is_waited_for() {
    let scene = Scene::new();
    let window = Duration::from_millis(300);
    scene.discord.rate_limit("POST /channels/{channel_id}/messages", 3, window);
    let start = Instant::now();
    for number in 0..7 {
        scene.rest.create_message(scene.here(), number.to_string()).unwrap();
    }
    let at: Vec<_> = scene.discord.requests().iter().map(|r| (r.at, r.status)).collect();
    assert_eq!(statuses(&scene, "POST"), [200; 7], "{at:?}");
    assert!(start.elapsed() >= window * 2);
}

#[test]
fn a_shared_limit_is_waited_for() {
    let scene = Scene::new();
    scene.rest.create_message(scene.here(), "first").unwrap();
    scene.discord.shared_rate_limit("POST /channels/{channel_id}/messages", 1, Duration::from_millis(200));
    for _ in 0..2 {
        scene.rest.create_message(scene.here(), "again").unwrap();
    }
    assert_eq!(statuses(&scene, "POST").iter().filter(|status| **status == 200).count(), 3);
}
