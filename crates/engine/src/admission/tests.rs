//! Admission under a clock that stands still unless everybody waits.

use std::sync::Mutex as StdMutex;

use tokio::{task::yield_now, time::sleep};

use super::*;

const LONG: Duration = Duration::from_secs(3600);

/// Lets every task that can go on do so.
async fn settle() {
    for _ in 0..20 {
        yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn as_many_at_once_as_there_are_runners() {
    let admission = Admission::new(2, 1, LONG);
    let first = admission.enter_from(None).await.unwrap();
    let _second = admission.enter_from(None).await.unwrap();
    assert_eq!((admission.running(), admission.waiting()), (2, 0));
    let third = tokio::spawn({
        let admission = admission.clone();
        async move { admission.enter_from(None).await }
    });
    settle().await;
    assert_eq!((admission.running(), admission.waiting()), (2, 1));
    assert!(matches!(admission.enter_from(None).await, Err(RunError::Busy { .. })), "the queue is full");
    drop(first);
    let _third = third.await.unwrap().unwrap();
    assert_eq!((admission.running(), admission.waiting()), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn first_come_first_served() {
    let admission = Admission::new(1, 100, LONG);
    let held = admission.enter_from(None).await.unwrap();
    let order = Arc::new(StdMutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for number in 0..50 {
        let (admission, order) = (admission.clone(), Arc::clone(&order));
        tasks.push(tokio::spawn(async move {
            let _permit = admission.enter_from(None).await.unwrap();
            order.lock().unwrap().push(number);
        }));
        settle().await;
    }
    drop(held);
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(*order.lock().unwrap(), (0..50).collect::<Vec<_>>());
    assert_eq!((admission.running(), admission.waiting()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn who_goes_away_leaves_the_queue_at_once() {
    let admission = Admission::new(1, 1, LONG);
    let held = admission.enter_from(None).await.unwrap();
    let waiting = tokio::spawn({
        let admission = admission.clone();
        async move { admission.enter_from(None).await }
    });
    settle().await;
    assert_eq!(admission.waiting(), 1);
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    assert_eq!(admission.waiting(), 0);
    drop(held);
    assert_eq!(admission.running(), 0);
    admission.enter_from(None).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_longer_than_the_queue_lets() {
    let admission = Admission::new(1, 1, Duration::from_secs(30));
    let _held = admission.enter_from(None).await.unwrap();
    let start = Instant::now();
    assert!(matches!(admission.enter_from(None).await, Err(RunError::Busy { .. })));
    assert_eq!(start.elapsed().as_secs(), 30);
    assert_eq!(admission.waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn without_a_queue_nobody_waits() {
    let admission = Admission::new(1, 0, LONG);
    let held = admission.enter_from(None).await.unwrap();
    assert!(matches!(admission.enter_from(None).await, Err(RunError::Busy { .. })));
    drop(held);
    admission.enter_from(None).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn retry_after_follows_how_long_jobs_take() {
    async fn after(jobs_of: Duration, runners: u32) -> u64 {
        let admission = Admission::new(runners, 0, LONG);
        for _ in 0..100 {
            let _permit = admission.enter_from(None).await.unwrap();
            sleep(jobs_of).await;
        }
        let held: Vec<_> = futures(&admission, runners).await;
        let Err(RunError::Busy { retry_after }) = admission.enter_from(None).await else { panic!("{} are in", held.len()) };
        retry_after.as_secs()
    }
    async fn futures(admission: &Admission, count: u32) -> Vec<Permit> {
        let mut permits = Vec::new();
        for _ in 0..count {
            permits.push(admission.enter_from(None).await.unwrap());
        }
        permits
    }
    assert_eq!(after(Duration::from_millis(5), 1).await, 1);
    assert_eq!(after(Duration::from_millis(9_500), 1).await, 10);
    assert_eq!(after(Duration::from_millis(9_500), 4).await, 3);
    assert_eq!(after(Duration::from_secs(1000), 1).await, 60);
}

#[tokio::test(start_paused = true)]
async fn closing_sends_away_who_waits_and_draining_waits_for_who_runs() {
    let admission = Admission::new(1, 5, LONG);
    let held = admission.enter_from(None).await.unwrap();
    let waiting = tokio::spawn({
        let admission = admission.clone();
        async move { admission.enter_from(None).await }
    });
    settle().await;
    admission.close();
    assert!(matches!(waiting.await.unwrap(), Err(RunError::ShuttingDown)));
    assert!(matches!(admission.enter_from(None).await, Err(RunError::ShuttingDown)));
    let drained = tokio::spawn({
        let admission = admission.clone();
        async move { admission.drain().await }
    });
    settle().await;
    assert!(!drained.is_finished());
    drop(held);
    drained.await.unwrap();
    admission.drain().await;
    assert!(matches!(admission.enter_from(None).await, Err(RunError::ShuttingDown)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_slot_and_no_place_is_lost_when_clients_come_and_go() {
    let admission = Admission::new(3, 20, LONG);
    let mut tasks = Vec::new();
    for number in 0..300_u64 {
        let admission = admission.clone();
        let work = async move {
            if let Ok(_permit) = admission.enter_from(None).await {
                assert!(admission.running() <= 3 && admission.waiting() <= 20);
                sleep(Duration::from_micros(number % 7 * 100)).await;
            }
        };
        // Some clients hang up before their turn, some in it.
        tasks.push(tokio::spawn(tokio::time::timeout(Duration::from_micros(number % 11 * 300), work)));
    }
    for task in tasks {
        let _ = task.await.unwrap();
    }
    admission.close();
    admission.drain().await;
    assert_eq!((admission.running(), admission.waiting()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn who_has_waited_for_something_else_keeps_the_place_and_waits_no_longer_for_both() {
    let admission = Admission::new(1, 1, Duration::from_secs(30));
    let held = admission.enter_from(None).await.unwrap();
    let place = admission.wait_beside().unwrap();
    tokio::time::sleep(Duration::from_secs(20)).await;
    assert!(matches!(admission.enter_from(None).await, Err(RunError::Busy { .. })), "the queue's one place is taken");
    let since = tokio::time::Instant::now();
    assert!(matches!(admission.enter_from(Some(place)).await, Err(RunError::Busy { .. })));
    assert_eq!(since.elapsed().as_secs(), 10);
    let place = admission.wait_beside();
    drop(held);
    admission.enter_from(place).await.unwrap();
}
